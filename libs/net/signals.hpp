#pragma once
// The wish to stop: SIGTERM and SIGINT, also for a process that is PID 1 of a container.
#include "net/loop.hpp"

namespace rb::net {

// Ends when the process is asked to stop. A second wish ends the process at once, unless it is PID 1, which
// the kernel spares.
Task<> stop_asked(Loop& loop);

}  // namespace rb::net
