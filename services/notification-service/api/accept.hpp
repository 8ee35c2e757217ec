#pragma once
// Events on their way to the bus: committed here, published by the relay.
#include <set>
#include <vector>

#include "runtime.hpp"
#include "store/events.hpp"

namespace rb::notification {

// Writes those that were not accepted before to the outbox, and returns their keys. After the commit the
// caller says bus.flush().
Task<std::set<EventKey>> accept(db::Transaction& tx, Runtime& rt, const std::vector<events::Event>& events);

}  // namespace rb::notification
