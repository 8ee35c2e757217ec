#include "service/repeating.hpp"

#include "base/error.hpp"
#include "log/log.hpp"
#include "time/backoff.hpp"

namespace rb::service {

Task<> repeat(net::Stopping& stopping, Micros every, std::string complaint, std::function<Task<>()> step) {
  while (!stopping.asked()) {
    std::string problem;
    try {
      co_await step();
    } catch (const Unavailable&) {
      problem.clear();  // told by the jobs that need the database
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (!problem.empty()) log::warn(complaint, {{"reason", problem}});
    co_await stopping.pause(every);
  }
}

Task<> keep_doing(net::Stopping& stopping, std::string complaint, std::function<Task<>()> step) {
  Backoff backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::seconds(5)};
  int failures = 0;
  while (!stopping.asked()) {
    std::string problem;
    try {
      co_await step();
      failures = 0;
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (problem.empty()) continue;
    log::error(complaint + "; trying again", {{"reason", problem}});
    co_await stopping.pause(backoff.delay(++failures, random_unit()));
  }
}

}  // namespace rb::service
