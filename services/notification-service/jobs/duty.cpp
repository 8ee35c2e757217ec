#include "jobs/duty.hpp"

#include <algorithm>

#include "jobs/looking.hpp"
#include "service/repeating.hpp"

namespace rb::notification {

Duty::Duty(Runtime& runtime, std::string complaint)
    : rt_(runtime),
      complaint_(std::move(complaint)),
      work_(runtime.loop),
      stopping_(runtime.loop, runtime.clock) {}

void Duty::stop() {
  stopping_.ask();
  work_.notify();
}

Task<> Duty::run() {
  return service::keep_doing(stopping_, complaint_, [this] { return look_and_rest(); });
}

Task<> Duty::look_and_rest() {
  auto began = rt_.clock.now();
  auto found = co_await look();
  if (found.worked) {
    rt_.bus.wake(kDeliveryTopic);
    co_return;
  }
  done_until_ = began;
  if (stopping()) co_return;
  auto now = rt_.clock.now();
  auto anyway = now + kLookAnyway;
  co_await work_.wait_until(rt_.clock, std::clamp(found.next.value_or(anyway), now + kAnotherLook, anyway));
}

}  // namespace rb::notification
