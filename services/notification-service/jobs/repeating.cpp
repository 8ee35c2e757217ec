#include "jobs/repeating.hpp"

#include "base/error.hpp"
#include "log/log.hpp"

namespace rb::notification {

Task<> repeat(net::Stopping& stopping, Micros every, std::string complaint, std::function<Task<>()> step) {
  while (!stopping.asked()) {
    std::string problem;
    try {
      co_await step();
    } catch (const Unavailable&) {
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (!problem.empty()) log::warn(complaint, {{"reason", problem}});
    co_await stopping.pause(every);
  }
}

}  // namespace rb::notification
