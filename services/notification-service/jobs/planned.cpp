#include "jobs/planned.hpp"

#include <algorithm>

#include "domain/promote.hpp"
#include "log/log.hpp"
#include "store/counters.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "time/backoff.hpp"

namespace rb::notification {
namespace {

constexpr int kAtOnce = 200;
constexpr auto kLookAnyway = std::chrono::seconds(1);
constexpr auto kAnotherLook = std::chrono::milliseconds(2);  // another worker's claim is not yet committed

}  // namespace

Planner::Planner(Runtime& runtime) : rt_(runtime), work_(runtime.loop) {}

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
      if (next && *next <= now && co_await promote_due() > 0) {
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

Task<int> Planner::promote_due() {
  int count = 0;
  co_await rt_.database.transaction([this, &count](db::Transaction& tx) -> Task<> {
    auto now = rt_.clock.now();
    auto messages = co_await claim_planned(tx, now, kAtOnce);
    count = static_cast<int>(messages.size());
    if (messages.empty()) co_return;
    std::vector<std::string> ids;
    for (const auto& message : messages) ids.push_back(message.user_id);
    auto directory = co_await load_people(reading(tx), std::move(ids), false);
    std::vector<Promotion> promotions;
    std::vector<Message> copies, finished;
    for (auto& message : messages) {
      auto what = promote(message, directory.at(message.user_id), rt_.channels(), now);
      Promotion own{message.id, what.status, what.reason, std::nullopt};
      if (!what.channels.empty()) own.channel = what.channels.front();
      for (std::size_t i = 1; i < what.channels.size(); ++i)
        copies.push_back(copy_for(message, what.channels[i], rt_.new_id(), now));
      promotions.push_back(std::move(own));
      message.status = what.status;
      if (what.channels.empty()) finished.push_back(std::move(message));
    }
    promote(tx, promotions, now);
    count_finished(tx, finished, now);
    co_await insert_messages(tx, std::move(copies));
  });
  co_return count;
}

}  // namespace rb::notification
