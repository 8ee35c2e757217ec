#pragma once
// What the jobs and the API of one analytics-service share. Belongs to the loop's thread.
#include <string>

#include "bus/event_bus.hpp"
#include "cache/cache.hpp"
#include "db/database.hpp"
#include "metrics/standard.hpp"
#include "net/loop.hpp"
#include "service/feed.hpp"
#include "time/zone.hpp"

namespace rb::analytics {

struct Rules {
  Zone event_zone = Zone::utc();
  std::string secret;            // keys tombstones
  std::int64_t low_lessons = 1;  // paid lessons left at which a balance is low
};

struct Runtime {
  net::Loop& loop;
  const Clock& clock;
  db::Database& database;
  bus::EventBus& bus;
  Rules rules;
  metrics::EventMetrics& event_metrics;
  service::Feed& news;  // new events are in the log
  cache::Cache* cache = nullptr;
};

}  // namespace rb::analytics
