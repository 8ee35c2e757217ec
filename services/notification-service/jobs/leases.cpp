#include "jobs/leases.hpp"

#include <algorithm>

#include "log/log.hpp"
#include "store/messages.hpp"

namespace rb::notification {
namespace {

constexpr Micros kAnyLease = std::chrono::hours(24 * 365);

}  // namespace

Leases::Leases(Runtime& runtime) : rt_(runtime), stopping_(runtime.loop), room_made_(runtime.loop) {}

void Leases::stop() {
  stopped_ = true;
  stopping_.notify();
}

void Leases::took(const std::vector<Message>& messages, Time until) {
  for (const auto& message : messages) until_[message.id] = until;
}

void Leases::gave_back(const std::string& id) {
  until_.erase(id);
  room_made_.notify();
}

bool Leases::holds(const std::string& id, Micros time) const {
  auto found = until_.find(id);
  return found != until_.end() && found->second >= rt_.clock.now() + time;
}

Task<> Leases::run() {
  while (!stopped_) {
    std::string problem;
    try {
      co_await look();
    } catch (const std::exception& e) {
      problem = e.what();
    }
    auto now = rt_.clock.now();
    if (!problem.empty()) {
      quiet_until_ = now + rt_.rules.lease;
      log::warn("leases of notifications cannot be renewed", {{"reason", problem}});
    }
    if (!stopped_) co_await stopping_.wait_until(rt_.clock, now + rt_.rules.lease / 4);
  }
}

Task<> Leases::look() {
  co_await renew();
  if (rt_.clock.now() >= quiet_until_) co_await take_over();
}

// With a quarter of a lease between two looks, at least half of it is left when one of them fails.
Task<> Leases::renew() {
  auto now = rt_.clock.now();
  std::vector<std::string> ids;
  for (const auto& [id, until] : until_)
    if (until < now + rt_.rules.lease * 3 / 4) ids.push_back(id);
  if (ids.empty()) co_return;
  auto until = now + rt_.rules.lease;
  auto renewed = co_await renew_leases(rt_.database, ids, rt_.worker, until);
  for (const auto& id : ids) {
    auto held = until_.find(id);
    if (held == until_.end()) continue;  // written meanwhile
    if (std::ranges::find(renewed, id) == renewed.end()) {
      until_.erase(held);
    } else {
      held->second = until;
    }
  }
}

Task<> Leases::take_over() {
  auto now = rt_.clock.now();
  // Nobody else can be at work on a file that this process owns: what a dead predecessor held is free at
  // once.
  auto until = rt_.rules.only_worker && first_ ? now + kAnyLease : now;
  int taken = 0;
  co_await rt_.database.transaction([&taken, until, now](db::Transaction& tx) -> Task<> {
    taken = co_await take_over_expired(tx, until, now);
  });
  first_ = false;
  if (taken == 0) co_return;
  log::warn("notifications of a vanished worker taken over", {{"notifications", taken}});
  rt_.bus.wake(kDeliveryTopic);
}

}  // namespace rb::notification
