#pragma once
// The embedded bus: durable queues in the service's own database, for one process. On SQLite the process that
// starts it owns the file; a second one is refused. One bus serves all services of the process. Source of the
// rules: event_bus.hpp.
#include <memory>

#include "bus/deps.hpp"
#include "bus/event_bus.hpp"

namespace rb::bus {

// publish() and state() may be used after start().
std::unique_ptr<EventBus> embedded_bus(Deps deps);

Task<> migrate_embedded(db::Database& database, const Clock& clock);  // start() does it too

}  // namespace rb::bus
