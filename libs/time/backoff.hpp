#pragma once
// Exponential backoff with «equal jitter» (AWS Architecture Blog, «Exponential Backoff And Jitter»). Pure.
#include <cstdint>

#include "time/clock.hpp"

namespace rb {

struct Backoff {
  Micros first = std::chrono::seconds(1);
  Micros most = std::chrono::minutes(10);

  // Wait before try number `attempt` + 1 (attempt counts from 1). `random` in [0,1) spreads it over the upper
  // half, so that a wait is never shorter than half of its step.
  Micros delay(int attempt, double random) const;
};

double random_unit();  // [0,1), thread-safe

}  // namespace rb
