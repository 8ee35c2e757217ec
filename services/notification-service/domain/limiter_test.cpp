#include "domain/limiter.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
const Time kNow{1000s};

TEST(Limiter, lets_thirty_chats_through_in_a_second_and_no_more) {
  Limiter limiter({});
  int sent = 0;
  for (int i = 0; i < 100; ++i) sent += limiter.take(std::to_string(i), kNow) == kNow;
  EXPECT_EQ(sent, 30);
  EXPECT_EQ(limiter.available(kNow, 100), 0);
  EXPECT_EQ(limiter.available(kNow + 500ms, 100), 15);
}

TEST(Limiter, one_chat_gets_a_burst_of_three_and_then_one_a_second) {
  Limiter limiter({});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take("7", kNow), kNow);
  EXPECT_EQ(limiter.take("7", kNow), kNow + 1s);
  EXPECT_EQ(limiter.take("7", kNow + 1s), kNow + 1s);
  EXPECT_EQ(limiter.take("8", kNow), kNow);
}

TEST(Limiter, a_group_gets_twenty_a_minute) {
  Limiter limiter({});
  int sent = 0;
  for (int second = 0; second < 60; ++second)
    for (int i = 0; i < 3; ++i) sent += limiter.take("-100", kNow + second * 1s) == kNow + second * 1s;
  EXPECT_LE(sent, 25);
  EXPECT_GE(sent, 20);
}

TEST(Limiter, a_pause_of_one_chat_leaves_the_others_alone) {
  Limiter limiter({});
  limiter.pause("7", kNow, 5s);
  EXPECT_EQ(limiter.take("7", kNow), kNow + 5s);
  EXPECT_EQ(limiter.take("8", kNow), kNow);
}

TEST(Limiter, pauses_of_two_chats_pause_all) {
  Limiter limiter({});
  limiter.pause("7", kNow, 5s);
  limiter.pause("8", kNow + 1s, 5s);
  EXPECT_EQ(limiter.take("9", kNow + 1s), kNow + 6s);
  EXPECT_EQ(limiter.available(kNow + 1s, 10), 0);
}

TEST(Limiter, without_limits_everything_goes) {
  Limiter limiter({.per_second = 0, .chat_burst = 0});
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(limiter.take("7", kNow), kNow);
}

}  // namespace
}  // namespace rb::notification
