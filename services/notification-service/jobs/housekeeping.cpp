#include "jobs/housekeeping.hpp"

#include <map>

#include "log/log.hpp"
#include "store/events.hpp"
#include "store/messages.hpp"

namespace rb::notification {
namespace {

constexpr auto kKeptFor = std::chrono::hours(24);  // what protects against repetition
constexpr auto kForgetEvery = std::chrono::hours(1);
constexpr auto kMeasureEvery = std::chrono::seconds(5);

}  // namespace

Housekeeping::Housekeeping(Runtime& runtime, metrics::Registry& registry)
    : rt_(runtime), database_(registry), bus_(registry), stopping_(runtime.loop, runtime.clock) {}

Task<> Housekeeping::forget() {
  while (!stopping_.asked()) {
    std::string problem;
    try {
      co_await forget_before(rt_.database, rt_.clock.now() - kKeptFor);
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (!problem.empty()) log::warn("old records could not be forgotten", {{"reason", problem}});
    co_await stopping_.pause(kForgetEvery);
  }
}

Task<> Housekeeping::measure() {
  while (!stopping_.asked()) {
    try {
      co_await measure_once();
    } catch (const Unavailable&) {  // the jobs that need the database tell of it
    }
    co_await stopping_.pause(kMeasureEvery);
  }
}

Task<> Housekeeping::measure_once() {
  auto bus = rt_.bus.state();
  bus_.update(bus.connected, bus.unpublished);
  auto stats = rt_.database.stats();
  database_.update({stats.connections, stats.idle, stats.waiting, stats.transactions, stats.commits});
  std::map<std::string, std::int64_t> waiting = {{"pending", 0}, {"scheduled", 0}, {"sending", 0}};
  for (const auto& size : co_await queue_sizes(reading(rt_.database))) waiting[size.status] = size.amount;
  for (const auto& [status, amount] : waiting)
    rt_.metrics.queue.with({status}).set(static_cast<double>(amount));
}

}  // namespace rb::notification
