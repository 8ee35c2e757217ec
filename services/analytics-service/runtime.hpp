#pragma once
// What the jobs and the API of one analytics-service share. Belongs to the loop's thread.
#include <string>

#include "bus/event_bus.hpp"
#include "cache/cache.hpp"
#include "db/database.hpp"
#include "metrics/standard.hpp"
#include "net/loop.hpp"
#include "time/zone.hpp"

namespace rb::analytics {

struct Rules {
  Zone event_zone = Zone::utc();
  std::string secret;  // keys tombstones
};

struct Runtime {
  net::Loop& loop;
  const Clock& clock;
  db::Database& database;
  bus::EventBus& bus;
  Rules rules;
  metrics::EventMetrics& event_metrics;
  cache::Cache* cache = nullptr;
};

}  // namespace rb::analytics
