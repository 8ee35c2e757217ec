#include "jobs/recurring.hpp"

#include <algorithm>

#include "store/schedules.hpp"
#include "store/story.hpp"

namespace rb::notification {
namespace {

constexpr int kSchedulesAtOnce = 100;

}  // namespace

Recurring::Recurring(Runtime& runtime) : Duty(runtime, "scheduled notifications cannot be made") {}

Task<Duty::Look> Recurring::look() {
  auto next = co_await next_schedule(reading(rt_.database));
  if (!next || *next > rt_.clock.now()) co_return Look{false, next};
  auto fired = co_await fire_due();
  co_return Look{fired > 0, next};
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
