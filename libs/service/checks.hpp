#pragma once
// What the health of every service depends on.
#include "bus/event_bus.hpp"
#include "cache/cache.hpp"
#include "http/standard.hpp"

namespace rb::service {

// Asks the database and the cache now. Without the database a service is unhealthy, else only degraded.
// `cache` may be nullptr.
Task<std::vector<http::Check>> checks(db::Database& database, const bus::EventBus& bus, cache::Cache* cache);

}  // namespace rb::service
