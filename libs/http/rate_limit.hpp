#pragma once
// A token bucket per caller: `per_minute` requests at once, refilled evenly. Pure.
#include <optional>
#include <string>
#include <unordered_map>

#include "time/clock.hpp"

namespace rb::http {

class RateLimit {
 public:
  explicit RateLimit(int per_minute) : per_minute_(per_minute) {}  // 0: no limit

  // nullopt: go on. Else the wait until the caller's next request would pass.
  std::optional<Micros> take(const std::string& caller, Time now);

 private:
  struct Bucket {
    double tokens;
    Time seen;
  };
  double refilled(const Bucket& bucket, Time now) const;
  void forget_the_full(Time now);

  int per_minute_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace rb::http
