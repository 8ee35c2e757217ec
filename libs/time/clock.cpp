#include "time/clock.hpp"

#include <list>
#include <mutex>
#include <vector>

namespace rb {

Time SystemClock::now() const { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

std::shared_ptr<void> SystemClock::on_jump(std::function<void()>) const { return nullptr; }

struct ManualClock::State {
  std::mutex mutex;
  Time now;
  std::list<std::function<void()>> listeners;
};

ManualClock::ManualClock(Time start) : state_(std::make_shared<State>()) { state_->now = start; }
ManualClock::~ManualClock() = default;

Time ManualClock::now() const {
  std::lock_guard lock(state_->mutex);
  return state_->now;
}

std::shared_ptr<void> ManualClock::on_jump(std::function<void()> wake) const {
  std::lock_guard lock(state_->mutex);
  auto where = state_->listeners.insert(state_->listeners.end(), std::move(wake));
  return std::shared_ptr<void>(static_cast<void*>(nullptr), [state = state_, where](void*) {
    std::lock_guard guard(state->mutex);
    state->listeners.erase(where);
  });
}

void ManualClock::set(Time t) {
  std::vector<std::function<void()>> wake;
  {
    std::lock_guard lock(state_->mutex);
    state_->now = t;
    wake.assign(state_->listeners.begin(), state_->listeners.end());
  }
  for (auto& listener : wake) listener();
}

void ManualClock::advance(Micros by) { set(now() + by); }

}  // namespace rb
