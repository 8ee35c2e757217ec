#include "jobs/housekeeping.hpp"

#include "domain/zones.hpp"
#include "query/tallies.hpp"
#include "service/accepted_events.hpp"
#include "service/repeating.hpp"
#include "store/freshness.hpp"
#include "store/log.hpp"
#include "store/watch.hpp"

namespace rb::analytics {
namespace {

constexpr auto kKeptFor = std::chrono::hours(24);          // what protects calls against repetition
constexpr auto kDeadlinesKeptFor = std::chrono::days(30);  // longer than they are news
constexpr auto kForgetEvery = std::chrono::hours(6);
constexpr auto kMeasureEvery = std::chrono::seconds(5);
constexpr auto kCountEvery = std::chrono::minutes(1);

// Of the whole school, today.
Scope today_of_school(Time now) {
  Question asked;
  asked.zone = school_zone();
  asked.now = now;
  asked.first = asked.last = std::chrono::floor<std::chrono::days>(asked.zone.to_local(now));
  return Scope(std::move(asked));
}

}  // namespace

Housekeeping::Housekeeping(Runtime& runtime, metrics::Registry& registry)
    : rt_(runtime),
      database_(registry),
      bus_(registry),
      cache_bytes_(registry.gauge("repitbot_cache_size_bytes",
                                  "Kept answers in this process; those in Redis are Redis' own")),
      active_(registry.gauges("repitbot_active_users",
                              "Active people today (day), in 7 days (week) and in 30 days (month)",
                              {"window"})),
      stopping_(runtime.loop, runtime.clock) {}

Task<> Housekeeping::forget() {
  return service::repeat(stopping_, kForgetEvery, "old records could not be forgotten",
                         [this] { return forget_once(); });
}

Task<> Housekeeping::measure() {
  return service::repeat(stopping_, kMeasureEvery, "database, bus and cache could not be measured",
                         [this] { return measure_once(); });
}

Task<> Housekeeping::count_people() {
  return service::repeat(stopping_, kCountEvery, "active people could not be counted",
                         [this] { return count_people_once(); });
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

// Data that rest are counted again when the day changes.
Task<> Housekeeping::count_people_once() {
  auto read = db::reading(rt_.database);
  auto scope = today_of_school(rt_.clock.now());
  Counted now{co_await last_version_of(read, {{"school", ""}}), scope.asked.last};
  if (counted_ == now) co_return;
  auto users = co_await users_of_school(read, scope);
  active_.with({"day"}).set(static_cast<double>(users.dau));
  active_.with({"week"}).set(static_cast<double>(users.wau));
  active_.with({"month"}).set(static_cast<double>(users.mau));
  counted_ = now;
}

}  // namespace rb::analytics
