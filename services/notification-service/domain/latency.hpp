#pragma once
// How long messages took, counted in buckets whose bounds grow by 5 %: enough for percentiles of any period,
// small enough to keep for ever. Pure.
#include <cstdint>
#include <map>

#include "time/clock.hpp"

namespace rb::notification {

using Latencies = std::map<int, std::int64_t>;  // bucket → messages

int latency_bucket(Micros took);                             // 0: a millisecond or less
double milliseconds_of(int bucket);                          // its upper bound
double percentile(const Latencies& latencies, double part);  // milliseconds; 0 of none

}  // namespace rb::notification
