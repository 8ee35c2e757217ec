#pragma once
// What is done again and again.
#include <functional>
#include <string>

#include "net/stopping.hpp"

namespace rb::service {

// Does `step` at once and then every so often, until it is asked to stop. A step that fails is told in the
// log, in the words of `complaint`, and comes again at its time; that the database is away is told by the
// jobs that need it.
Task<> repeat(net::Stopping& stopping, Micros every, std::string complaint, std::function<Task<>()> step);

// Does `step`, which waits for its work, over and over until it is asked to stop. While the step fails, the
// log tells it and the pauses grow.
Task<> keep_doing(net::Stopping& stopping, std::string complaint, std::function<Task<>()> step);

}  // namespace rb::service
