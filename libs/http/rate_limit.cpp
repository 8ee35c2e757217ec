#include "http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace rb::http {
namespace {

constexpr std::size_t kManyBuckets = 10'000;

}  // namespace

double RateLimit::refilled(const Bucket& bucket, Time now) const {
  auto minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.seen).count();
  return std::min<double>(per_minute_, bucket.tokens + std::max(0.0, minutes) * per_minute_);
}

std::optional<Micros> RateLimit::take(const std::string& caller, Time now) {
  if (per_minute_ <= 0) return std::nullopt;
  if (buckets_.size() >= kManyBuckets) forget_the_full(now);
  auto& bucket = buckets_.try_emplace(caller, static_cast<double>(per_minute_), now).first->second;
  bucket.tokens = refilled(bucket, now);
  bucket.seen = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  auto minutes = (1 - bucket.tokens) / per_minute_;
  return Micros(static_cast<std::int64_t>(std::ceil(minutes * 60e6)));
}

void RateLimit::forget_the_full(Time now) {
  std::erase_if(buckets_, [&](const auto& item) { return refilled(item.second, now) >= per_minute_; });
}

}  // namespace rb::http
