#include "domain/retry.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using Kind = Outcome::Kind;

const Time kNow{1000s};
const RetryRules kRules{.attempts = 3, .backoff = {.first = 10s, .most = 60s}, .unknown_pause = 120s};

Verdict after(Kind kind, int attempt, int unknowns = 0) {
  return judge({.kind = kind, .detail = "why", .provider_id = {}, .retry_after = {}, .new_address = {}},
               attempt, unknowns, kNow, 1.0, kRules);
}

TEST(Retry, a_transient_error_is_tried_again_with_growing_pauses_until_the_last_try) {
  EXPECT_EQ(after(Kind::transient, 1).again, kNow + 10s);
  EXPECT_EQ(after(Kind::transient, 2).again, kNow + 20s);
  auto last = after(Kind::transient, 3);
  EXPECT_EQ(last.status, "failed");
  EXPECT_FALSE(last.again);
  EXPECT_TRUE(last.fall_back);
}

TEST(Retry, a_wait_the_provider_asks_for_is_kept_exactly_and_uses_up_no_try) {
  Outcome outcome{
      .kind = Kind::transient, .detail = "429", .provider_id = {}, .retry_after = 7s, .new_address = {}};
  auto verdict = judge(outcome, 99, 0, kNow, 0.5, kRules);
  EXPECT_EQ(verdict.again, kNow + 7s);
  EXPECT_FALSE(verdict.counts);
}

TEST(Retry, a_chat_that_has_moved_is_tried_at_once_but_not_for_ever) {
  Outcome outcome{
      .kind = Kind::transient, .detail = "moved", .provider_id = {}, .retry_after = {}, .new_address = "-5"};
  EXPECT_EQ(judge(outcome, 1, 0, kNow, 0.5, kRules).again, kNow);
  EXPECT_EQ(judge(outcome, 3, 0, kNow, 0.5, kRules).status, "failed");
}

TEST(Retry, no_answer_is_unknown_and_tried_once_more) {
  auto first = after(Kind::unknown, 1);
  EXPECT_EQ(first.status, "unknown");
  EXPECT_EQ(first.again, kNow + 120s);
  auto second = after(Kind::unknown, 2, 1);
  EXPECT_EQ(second.status, "unknown");
  EXPECT_FALSE(second.again);
}

TEST(Retry, a_dead_address_is_suspended_and_another_channel_may_try) {
  auto verdict = after(Kind::address_bad, 1);
  EXPECT_EQ(verdict.status, "failed");
  EXPECT_TRUE(verdict.suspend_address);
  EXPECT_TRUE(verdict.fall_back);
}

TEST(Retry, a_message_that_is_refused_is_not_repeated) {
  auto verdict = after(Kind::message_bad, 1);
  EXPECT_EQ(verdict.status, "failed");
  EXPECT_FALSE(verdict.again);
  EXPECT_FALSE(verdict.suspend_address);
}

TEST(Retry, a_broken_channel_keeps_its_messages) {
  auto verdict = after(Kind::channel_bad, 50);
  EXPECT_EQ(verdict.status, "pending");
  EXPECT_EQ(verdict.reason, "channel_refused: why");
  EXPECT_EQ(verdict.again, kNow);
  EXPECT_FALSE(verdict.counts);
}

}  // namespace
}  // namespace rb::notification
