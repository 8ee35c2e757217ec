#include "jinja/meter.hpp"

#include <algorithm>

#include "jinja/error.hpp"

namespace rb::jinja {

constinit thread_local Meter meter;

void memory_exceeded(std::size_t bytes) {
  release_memory(bytes);  // it was charged, but will not be used
  raise(ErrorKind::memory_limit, "the values of this template take too much memory");
}

void depth_exceeded() { raise(ErrorKind::depth_limit, "the template nests calls or data too deeply"); }

void check_steps() {
  if (meter.steps > meter.step_limit) raise(ErrorKind::step_limit, "the template does too much work");
  if (std::chrono::steady_clock::now() > meter.deadline)
    raise(ErrorKind::time_limit, "the template takes too long");
  meter.step_stop = std::min(meter.steps + kStepsBetweenLooksAtClock, meter.step_limit);
}

void check_size(std::size_t bytes, std::size_t count) {
  std::size_t all = 0;
  if (__builtin_mul_overflow(bytes, count, &all) || all > kUnthinkable) memory_exceeded(0);
  charge_memory(all);
  release_memory(all);
  charge_steps(all / 64);
}

}  // namespace rb::jinja
