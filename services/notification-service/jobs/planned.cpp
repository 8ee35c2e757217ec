#include "jobs/planned.hpp"

#include <algorithm>
#include <set>

#include "domain/promote.hpp"
#include "store/counters.hpp"
#include "store/digests.hpp"
#include "store/messages.hpp"

namespace rb::notification {
namespace {

constexpr int kDueAtOnce = 200;

}  // namespace

Planner::Planner(Runtime& runtime)
    : Duty(runtime, "planned notifications cannot be read"), digests_(runtime) {}

Task<Duty::Look> Planner::look() {
  auto next = co_await next_planned(reading(rt_.database));
  if (!next || *next > rt_.clock.now()) co_return Look{false, next};
  auto promoted = co_await promote_due();
  auto digests = co_await digests_.make_due();
  co_return Look{promoted + digests > 0, next};
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
  co_await give_turns(tx, turns, about.directory, Before::going, now);
  count_finished(tx, turns, now);

  std::set<std::string> there;
  for (const auto& message : messages) there.insert(message.id);
  std::vector<Promotion> promotions;
  std::vector<Message> copies;
  for (auto& turn : turns) {
    if (there.contains(turn.id)) {
      promotions.push_back({turn.id, turn.status, turn.reason, turn.channel, turn.due});
    } else {
      copies.push_back(std::move(turn));
    }
  }
  promote(tx, promotions, now);
  co_await insert_messages(tx, std::move(copies));
}

}  // namespace rb::notification
