#include "jobs/recurring.hpp"

#include <algorithm>

#include "jobs/looking.hpp"
#include "log/log.hpp"
#include "store/history.hpp"
#include "store/schedules.hpp"
#include "time/backoff.hpp"

namespace rb::notification {
namespace {

constexpr int kSchedulesAtOnce = 100;

}  // namespace

Recurring::Recurring(Runtime& runtime) : rt_(runtime), work_(runtime.loop) {}

void Recurring::stop() {
  stopping_ = true;
  work_.notify();
}

Task<> Recurring::run() {
  Backoff backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::seconds(5)};
  int failures = 0;
  while (!stopping_) {
    std::string problem;
    try {
      auto began = rt_.clock.now();
      auto next = co_await next_schedule(reading(rt_.database));
      failures = 0;
      auto now = rt_.clock.now();
      if (next && *next <= now && co_await fire_due() > 0) {
        rt_.bus.wake(kDeliveryTopic);
        continue;
      }
      done_until_ = began;
      if (!stopping_)
        co_await work_.wait_until(
            rt_.clock, std::clamp(next.value_or(now + kLookAnyway), now + kAnotherLook, now + kLookAnyway));
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (problem.empty()) continue;
    log::error("scheduled notifications cannot be made; trying again", {{"reason", problem}});
    co_await net::sleep_for(rt_.loop, rt_.clock, backoff.delay(++failures, random_unit()));
  }
}

Task<int> Recurring::fire_due() {
  int count = 0;
  co_await rt_.database.transaction([this, &count](db::Transaction& tx) -> Task<> {
    auto now = rt_.clock.now();
    auto due = co_await claim_schedules(tx, now, kSchedulesAtOnce);
    count = static_cast<int>(due.size());
    std::vector<Schedule> after;
    std::vector<Message> messages;
    std::vector<StateChange> notes;
    for (const auto& schedule : due) {
      auto fired = fire(schedule, now, [this] { return rt_.new_id(); });
      after.push_back(std::move(fired.after));
      std::ranges::move(fired.messages, std::back_inserter(messages));
      std::ranges::move(fired.notes, std::back_inserter(notes));
    }
    advance_schedules(tx, after);
    co_await insert_messages(tx, std::move(messages));
    note_states(tx, notes);
  });
  co_return count;
}

}  // namespace rb::notification
