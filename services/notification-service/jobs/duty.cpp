#include "jobs/duty.hpp"

#include <algorithm>

#include "jobs/looking.hpp"
#include "log/log.hpp"
#include "time/backoff.hpp"

namespace rb::notification {

Duty::Duty(Runtime& runtime, std::string complaint)
    : rt_(runtime), complaint_(std::move(complaint)), work_(runtime.loop) {}

void Duty::stop() {
  stopping_ = true;
  work_.notify();
}

Task<> Duty::run() {
  Backoff backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::seconds(5)};
  int failures = 0;
  while (!stopping_) {
    std::string problem;
    try {
      co_await look_and_rest();
      failures = 0;
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (problem.empty()) continue;
    log::error(complaint_ + "; trying again", {{"reason", problem}});
    co_await net::sleep_for(rt_.loop, rt_.clock, backoff.delay(++failures, random_unit()));
  }
}

Task<> Duty::look_and_rest() {
  auto began = rt_.clock.now();
  auto found = co_await look();
  if (found.worked) {
    rt_.bus.wake(kDeliveryTopic);
    co_return;
  }
  done_until_ = began;
  if (stopping_) co_return;
  auto now = rt_.clock.now();
  auto anyway = now + kLookAnyway;
  co_await work_.wait_until(rt_.clock, std::clamp(found.next.value_or(anyway), now + kAnotherLook, anyway));
}

}  // namespace rb::notification
