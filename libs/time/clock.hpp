#pragma once
// The one source of «now». Everything that asks the time takes a Clock, so that tests move it by hand.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace rb {

using Micros = std::chrono::microseconds;
using Time = std::chrono::sys_time<Micros>;  // UTC; databases keep microseconds since 1970 as bigint

constexpr std::int64_t to_micros(Time t) { return t.time_since_epoch().count(); }
constexpr Time from_micros(std::int64_t us) { return Time(Micros(us)); }

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;  // any thread

  // Calls `wake` whenever the clock is moved by hand, until the returned token dies. Real clocks never call
  // it. Waiting coroutines (net/timer.hpp) use it to look again. Any thread.
  virtual std::shared_ptr<void> on_jump(std::function<void()> wake) const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override;
  std::shared_ptr<void> on_jump(std::function<void()> wake) const override;
};

// A clock for tests: stands still until it is moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Time start);
  ~ManualClock() override;
  Time now() const override;
  std::shared_ptr<void> on_jump(std::function<void()> wake) const override;
  void set(Time t);
  void advance(Micros by);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace rb
