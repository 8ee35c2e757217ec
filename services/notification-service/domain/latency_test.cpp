#include "domain/latency.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

TEST(Latency, is_kept_within_five_percent) {
  for (Micros took : {1ms, 3ms, 40ms, 999ms, 60'000ms, 3'600'000ms}) {
    auto exact = std::chrono::duration<double, std::milli>(took).count();
    auto kept = milliseconds_of(latency_bucket(took));
    EXPECT_GE(kept, exact * 0.9999);
    EXPECT_LE(kept, exact * 1.05);
  }
  EXPECT_EQ(latency_bucket(20us), 0);
  EXPECT_EQ(latency_bucket(24h * 365), latency_bucket(24h * 900)) << "the last bucket takes the rest";
}

TEST(Latency, percentiles_are_those_of_the_nearest_rank) {
  Latencies of;
  for (int ms = 1; ms <= 100; ++ms) ++of[latency_bucket(ms * 1ms)];
  EXPECT_NEAR(percentile(of, 0.5), 51, 3);
  EXPECT_NEAR(percentile(of, 0.99), 100, 5);
  EXPECT_EQ(percentile({{0, 1}}, 0.99), 1);
  EXPECT_EQ(percentile({}, 0.5), 0);
}

}  // namespace
}  // namespace rb::notification
