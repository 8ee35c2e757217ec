#include "jobs/housekeeping.hpp"

#include "service/accepted_events.hpp"
#include "service/repeating.hpp"
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
  return service::repeat(stopping_, kForgetEvery, "old records could not be forgotten",
                         [this] { return forget_once(); });
}

Task<> Housekeeping::measure() {
  return service::repeat(stopping_, kMeasureEvery, "database, bus and cache could not be measured",
                         [this] { return measure_once(); });
}

Task<> Housekeeping::forget_once() {
  auto now = rt_.clock.now();
  co_await service::forget_before(rt_.database, tables(), now - kKeptFor);
  co_await forget_done_deadlines(rt_.database, now - kDeadlinesKeptFor);
}

Task<> Housekeeping::measure_once() {
  auto bus = rt_.bus.state();
  bus_.update(bus.connected, bus.unpublished);
  auto stats = rt_.database.stats();
  database_.update({stats.connections, stats.idle, stats.waiting, stats.transactions, stats.commits});
  if (rt_.cache != nullptr) cache_bytes_.set(static_cast<double>(rt_.cache->state().bytes));
  co_return;
}

}  // namespace rb::analytics
