#pragma once
// Events accepted over HTTP, on their way to the bus: committed here, published by the relay.
#include <set>
#include <vector>

#include "bus/event_bus.hpp"
#include "events/event.hpp"
#include "service/tables.hpp"

namespace rb::service {

// Publishes those that were not accepted before, and returns their keys. After the commit the caller says
// bus.flush().
Task<std::set<EventKey>> accept(db::Transaction& tx, const Tables& tables, bus::EventBus& bus,
                                const std::vector<events::Event>& events, Time now);

// Drops what only protects against repetition and is older than `before`: accepted events, answers of calls,
// used tickets.
Task<> forget_before(db::Database& database, const Tables& tables, Time before);

}  // namespace rb::service
