#pragma once
// Database, bus and cache as the settings want them: SQLite with the embedded bus, or PostgreSQL and
// RabbitMQ, or one of each.
#include <memory>

#include "bus/event_bus.hpp"
#include "cache/cache.hpp"
#include "config/settings.hpp"
#include "db/database.hpp"
#include "net/loop.hpp"

namespace rb::service {

struct Backends {
  std::unique_ptr<db::Database> database;
  std::unique_ptr<bus::EventBus> bus;
  std::unique_ptr<cache::Cache> cache;  // of REDIS_URL, else in memory

  // `prefix` names the outbox of RabbitMQ, <prefix>_outbox. Throws Unavailable or Broken with one sentence.
  static Task<Backends> open(net::Loop& loop, const Clock& clock, const config::AppSettings& settings,
                             std::string prefix);
};

}  // namespace rb::service
