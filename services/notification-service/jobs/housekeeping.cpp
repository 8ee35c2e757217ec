#include "jobs/housekeeping.hpp"

#include <map>

#include "service/accepted_events.hpp"
#include "service/repeating.hpp"
#include "store/counters.hpp"
#include "store/retention.hpp"
#include "store/tables.hpp"
#include "store/templates.hpp"

namespace rb::notification {
namespace {

constexpr auto kKeptFor = std::chrono::hours(24);       // what protects against repetition
constexpr auto kTextsKeptFor = std::chrono::days(180);  // what people were told, and what events said
constexpr auto kHoursKeptFor = std::chrono::days(35);   // of the statistics; then they are kept by the day
constexpr auto kBreath =
    std::chrono::milliseconds(50);  // between two stretches, so that others get their turn
constexpr auto kForgetEvery = std::chrono::hours(6);
constexpr auto kMeasureEvery = std::chrono::seconds(5);
constexpr auto kTextsEvery = std::chrono::milliseconds(900);  // and the time it takes: a second

}  // namespace

Housekeeping::Housekeeping(Runtime& runtime, metrics::Registry& registry)
    : rt_(runtime), database_(registry), bus_(registry), stopping_(runtime.loop, runtime.clock) {}

Task<> Housekeeping::forget() {
  return service::repeat(stopping_, kForgetEvery, "old records could not be forgotten",
                         [this] { return forget_old(); });
}

Task<> Housekeeping::measure() {
  return service::repeat(stopping_, kMeasureEvery, "database, bus and queue could not be measured",
                         [this] { return measure_once(); });
}

Task<> Housekeeping::follow_texts() {
  return service::repeat(stopping_, kTextsEvery, "texts of notifications cannot be read",
                         [this] { return refresh_texts(rt_.database, *rt_.texts, rt_.clock.now()); });
}

Task<> Housekeeping::forget_old() {
  auto now = rt_.clock.now();
  co_await service::forget_before(rt_.database, tables(), now - kKeptFor);
  co_await merge_hours(rt_.database, now - kHoursKeptFor);
  auto before = now - kTextsKeptFor;
  auto last = co_await forget_texts(rt_.database, "", before);
  while (last && !stopping_.asked()) {
    co_await stopping_.pause(kBreath);
    last = co_await forget_texts(rt_.database, std::move(*last), before);
  }
  while (!stopping_.asked() && co_await forget_some(rt_.database, before)) co_await stopping_.pause(kBreath);
}

Task<> Housekeeping::measure_once() {
  auto bus = rt_.bus.state();
  bus_.update(bus.connected, bus.unpublished);
  auto stats = rt_.database.stats();
  database_.update({stats.connections, stats.idle, stats.waiting, stats.transactions, stats.commits});
  std::map<std::string, std::int64_t> waiting = {
      {"pending", 0}, {"scheduled", 0}, {"deferred", 0}, {"sending", 0}};
  for (const auto& size : co_await queue_sizes(reading(rt_.database))) waiting[size.status] = size.amount;
  for (const auto& [status, amount] : waiting)
    rt_.metrics.queue.with({status}).set(static_cast<double>(amount));
  auto now = rt_.clock.now();
  for (const auto& [channel, sender] : rt_.senders)
    rt_.metrics.paused.with({to_string(channel)}).set(rt_.pause(channel, now) != nullptr ? 1 : 0);
}

}  // namespace rb::notification
