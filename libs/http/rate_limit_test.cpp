#include "http/rate_limit.hpp"

#include <gtest/gtest.h>

namespace rb::http {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, lets_a_full_bucket_pass_and_says_how_long_to_wait_for_the_next) {
  RateLimit limit(60);
  Time now(0s);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(limit.take("anna", now), std::nullopt);
  EXPECT_EQ(limit.take("anna", now), Micros(1s));
  EXPECT_EQ(limit.take("anna", now + 400ms), Micros(600ms));
  EXPECT_EQ(limit.take("anna", now + 1s), std::nullopt);
  EXPECT_EQ(limit.take("boris", now), std::nullopt);
}

TEST(RateLimit, never_saves_up_more_than_a_minute) {
  RateLimit limit(2);
  limit.take("anna", Time(0s));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(limit.take("anna", Time(1h)), std::nullopt);
  EXPECT_NE(limit.take("anna", Time(1h)), std::nullopt);
}

TEST(RateLimit, is_not_confused_by_a_clock_that_goes_back) {
  RateLimit limit(1);
  limit.take("anna", Time(1h));
  EXPECT_EQ(limit.take("anna", Time(0s)), Micros(60s));
}

TEST(RateLimit, zero_is_off) {
  RateLimit limit(0);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(limit.take("anna", Time(0s)), std::nullopt);
}

}  // namespace
}  // namespace rb::http
