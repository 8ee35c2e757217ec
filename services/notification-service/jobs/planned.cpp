#include "jobs/planned.hpp"

#include <algorithm>
#include <set>

#include "domain/promote.hpp"
#include "jobs/looking.hpp"
#include "log/log.hpp"
#include "store/counters.hpp"
#include "store/digests.hpp"
#include "store/messages.hpp"
#include "time/backoff.hpp"

namespace rb::notification {
namespace {

constexpr int kDueAtOnce = 200;

}  // namespace

Planner::Planner(Runtime& runtime) : rt_(runtime), digests_(runtime), work_(runtime.loop) {}

void Planner::stop() {
  stopping_ = true;
  work_.notify();
}

Task<> Planner::run() {
  Backoff backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::seconds(5)};
  int failures = 0;
  while (!stopping_) {
    std::string problem;
    try {
      auto began = rt_.clock.now();
      auto next = co_await next_planned(reading(rt_.database));
      failures = 0;
      auto now = rt_.clock.now();
      if (next && *next <= now && co_await work_once() > 0) {
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
    log::error("planned notifications cannot be read; trying again", {{"reason", problem}});
    co_await net::sleep_for(rt_.loop, rt_.clock, backoff.delay(++failures, random_unit()));
  }
}

Task<int> Planner::work_once() {
  int promoted = co_await promote_due();
  co_return promoted + co_await digests_.make_due();
}

Task<int> Planner::promote_due() {
  int count = 0;
  co_await rt_.database.transaction([this, &count](db::Transaction& tx) -> Task<> {
    auto now = rt_.clock.now();
    auto messages = co_await claim_planned(tx, now, kDueAtOnce);
    std::ranges::move(co_await claim_deferred(tx, now, kDueAtOnce), std::back_inserter(messages));
    count = static_cast<int>(messages.size());
    if (!messages.empty()) co_await promote_all(tx, std::move(messages), now);
  });
  co_return count;
}

// Each message stands in `turns` once per channel; the first of its id is the row that is there already.
Task<> Planner::promote_all(db::Transaction& tx, std::vector<Message> messages, Time now) {
  auto about = co_await load_around(tx, messages);
  std::vector<Message> turns;
  for (const auto& message : messages) {
    auto what =
        promote(message, about.directory.at(message.user_id), about.lesson_of(message), rt_.channels(), now);
    auto own = message;
    own.status = what.status;
    own.reason = what.reason;
    if (!what.channels.empty()) own.channel = what.channels.front();
    turns.push_back(std::move(own));
    for (std::size_t i = 1; i < what.channels.size(); ++i)
      turns.push_back(copy_for(message, what.channels[i], rt_.new_id(), now));
  }
  auto last_times =
      co_await load_last_times(reading(tx), with_intervals(turns, about.directory), Before::going);
  set_turns(turns, about.directory, std::move(last_times), now);

  std::set<std::string> there;
  for (const auto& message : messages) there.insert(message.id);
  std::vector<Promotion> promotions;
  std::vector<Message> copies, finished;
  for (auto& turn : turns) {
    if (turn.status == "suppressed" || turn.status == "cancelled") finished.push_back(turn);
    if (there.contains(turn.id)) {
      promotions.push_back({turn.id, turn.status, turn.reason, turn.channel, turn.due});
    } else {
      copies.push_back(std::move(turn));
    }
  }
  promote(tx, promotions, now);
  count_finished(tx, finished, now);
  co_await insert_messages(tx, std::move(copies));
}

}  // namespace rb::notification
