#include "time/backoff.hpp"

#include <algorithm>
#include <random>

namespace rb {

Micros Backoff::delay(int attempt, double random) const {
  auto step = first;
  for (int i = 1; i < attempt && step < most; ++i) step *= 2;
  step = std::min(step, most);
  return step / 2 + Micros(static_cast<std::int64_t>(random * static_cast<double>(step.count()) / 2));
}

double random_unit() {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(engine);
}

}  // namespace rb
