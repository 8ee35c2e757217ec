#include "domain/latency.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace rb::notification {
namespace {

constexpr double kGrowth = 1.05;
constexpr int kLast = 400;  // about three days

}  // namespace

int latency_bucket(Micros took) {
  auto milliseconds = std::chrono::duration<double, std::milli>(took).count();
  if (milliseconds <= 1) return 0;
  return std::min(kLast, static_cast<int>(std::ceil(std::log(milliseconds) / std::log(kGrowth))));
}

double milliseconds_of(int bucket) { return std::pow(kGrowth, bucket); }

double percentile(const Latencies& latencies, double part) {
  std::int64_t all = 0;
  for (auto amount : latencies | std::views::values) all += amount;
  auto wanted = static_cast<std::int64_t>(part * static_cast<double>(all));  // nearest rank, from 0
  for (const auto& [bucket, amount] : latencies) {
    if (wanted < amount) return milliseconds_of(bucket);
    wanted -= amount;
  }
  return 0;
}

}  // namespace rb::notification
