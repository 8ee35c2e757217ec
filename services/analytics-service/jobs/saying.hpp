#pragma once
// What analytics says by itself, to all who listen.
#include "events/event.hpp"
#include "runtime.hpp"

namespace rb::analytics {

// Published with the transaction; never twice within a day, whoever says it.
Task<> say(Runtime& rt, db::Transaction& tx, std::vector<events::Event> events);

}  // namespace rb::analytics
