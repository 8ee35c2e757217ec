#pragma once
// What a service is made of. The one-program and the distributed form differ in what stands here, and in
// nothing else.
#include <string>

#include "bus/event_bus.hpp"
#include "cache/cache.hpp"
#include "config/settings.hpp"
#include "db/database.hpp"
#include "metrics/registry.hpp"
#include "net/loop.hpp"

namespace rb::service {

struct Deps {
  net::Loop& loop;
  const Clock& clock;
  db::Database& database;
  bus::EventBus& bus;  // not started yet
  metrics::Registry& registry;
  config::AppSettings settings;
  std::string jwt_secret;         // also keys links and tombstones
  cache::Cache* cache = nullptr;  // none: tests without one
};

}  // namespace rb::service
