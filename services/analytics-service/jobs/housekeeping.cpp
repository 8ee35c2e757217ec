#include "jobs/housekeeping.hpp"

#include "log/log.hpp"
#include "service/accepted_events.hpp"
#include "store/log.hpp"
#include "store/watch.hpp"

namespace rb::analytics {
namespace {

constexpr auto kKeptFor = std::chrono::hours(24);          // what protects calls against repetition
constexpr auto kDeadlinesKeptFor = std::chrono::days(30);  // longer than they are news
constexpr auto kForgetEvery = std::chrono::hours(6);
constexpr auto kMeasureEvery = std::chrono::seconds(5);

}  // namespace

Housekeeping::Housekeeping(Runtime& runtime, metrics::Registry& registry)
    : rt_(runtime),
      database_(registry),
      bus_(registry),
      cache_bytes_(registry.gauge("repitbot_cache_size_bytes",
                                  "Kept answers in this process; those in Redis are Redis' own")),
      stopping_(runtime.loop, runtime.clock) {}

Task<> Housekeeping::forget() {
  while (!stopping_.asked()) {
    std::string problem;
    try {
      co_await service::forget_before(rt_.database, tables(), rt_.clock.now() - kKeptFor);
      co_await forget_done_deadlines(rt_.database, rt_.clock.now() - kDeadlinesKeptFor);
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (!problem.empty()) log::warn("old records could not be forgotten", {{"reason", problem}});
    co_await stopping_.pause(kForgetEvery);
  }
}

Task<> Housekeeping::measure() {
  while (!stopping_.asked()) {
    auto bus = rt_.bus.state();
    bus_.update(bus.connected, bus.unpublished);
    auto stats = rt_.database.stats();
    database_.update({stats.connections, stats.idle, stats.waiting, stats.transactions, stats.commits});
    if (rt_.cache != nullptr) cache_bytes_.set(static_cast<double>(rt_.cache->state().bytes));
    co_await stopping_.pause(kMeasureEvery);
  }
}

}  // namespace rb::analytics
