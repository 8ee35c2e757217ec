#include "time/pace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace rb {
namespace {

using namespace std::chrono_literals;
const Time kNow{1000s};
constexpr Pace kWindow{30, 1s, Pace::Kind::window};
constexpr Pace kBucket{3, 1s, Pace::Kind::bucket};

void make(Gate& gate, const Pace& pace, int calls, Time now) {
  for (int i = 0; i < calls; ++i) {
    gate.begin("x", Time::max());
    gate.end(pace, "x", now);
  }
}

TEST(Gate, of_a_window_is_full_until_the_oldest_answer_is_a_span_old) {
  Gate gate;
  make(gate, kWindow, 10, kNow);
  make(gate, kWindow, 20, kNow + 400ms);
  EXPECT_EQ(gate.free(kWindow, kNow + 999ms), 0);
  EXPECT_EQ(gate.free_at(kWindow, kNow + 500ms), kNow + 1s);
  EXPECT_EQ(gate.free(kWindow, kNow + 1s), 10);
  EXPECT_EQ(gate.free(kWindow, kNow + 1400ms), 30);
}

TEST(Gate, counts_a_call_from_its_beginning_until_a_span_after_its_answer) {
  Gate gate;
  Pace one{1, 1s, Pace::Kind::window};
  gate.begin("a");
  EXPECT_EQ(gate.free(one, kNow + 5s), 0);
  EXPECT_EQ(gate.free_at(one, kNow + 5s), kNow + 6s);
  gate.end(one, "a", kNow + 5s);
  EXPECT_EQ(gate.free(one, kNow + 5900ms), 0);
  EXPECT_EQ(gate.free(one, kNow + 6s), 1);
}

TEST(Gate, of_a_bucket_gets_one_place_back_every_span) {
  Gate gate;
  make(gate, kBucket, 3, kNow);
  EXPECT_EQ(gate.free_at(kBucket, kNow), kNow + 1s);
  EXPECT_EQ(gate.free(kBucket, kNow + 1s), 1);
  EXPECT_EQ(gate.free(kBucket, kNow + 2s), 2);
  EXPECT_EQ(gate.free(kBucket, kNow + 10s), 3);
  EXPECT_TRUE(gate.idle(kNow + 10s));
}

TEST(Gate, gives_up_a_place_whose_holder_vanished) {
  Gate gate;
  gate.begin("a", kNow + 10s);
  EXPECT_EQ(gate.free({1, 1s}, kNow + 9s), 0);
  EXPECT_EQ(gate.free({1, 1s}, kNow + 10s), 1);
}

TEST(Gate, takes_back_a_place_that_was_not_used) {
  Gate gate;
  gate.begin("a");
  gate.cancel("a");
  EXPECT_TRUE(gate.idle(kNow));
}

TEST(Gate, that_is_closed_or_used_up_has_nothing_free_before) {
  Gate gate;
  gate.close(kNow + 5s);
  EXPECT_EQ(gate.free(kWindow, kNow + 4s), 0);
  EXPECT_EQ(gate.free_at(kWindow, kNow), kNow + 5s);
  gate.use_up(kWindow, kNow + 6s);
  EXPECT_EQ(gate.free_at(kWindow, kNow + 6s), kNow + 7s);
  EXPECT_EQ(gate.free(kWindow, kNow + 7s), 30);
  gate.use_up(kBucket, kNow + 8s);
  EXPECT_EQ(gate.free(kBucket, kNow + 10s), 2);
}

TEST(Pace, divided_is_never_more_in_all) {
  struct Case {
    Pace pace;
    int parts;
    Pace each;
  };
  const std::vector<Case> cases = {
      {kWindow, 1, kWindow},
      {kWindow, 2, {15, 1s}},
      {kWindow, 4, {7, 1s}},
      {kWindow, 60, {1, 2s}},
      {{20, 60s}, 3, {6, 60s}},
      {kBucket, 2, {1, 2s, Pace::Kind::bucket}},
      {kBucket, 3, {1, 3s, Pace::Kind::bucket}},
      {{0, 1s}, 5, {0, 1s}},
  };
  for (const auto& c : cases) {
    auto each = c.pace.part(c.parts);
    EXPECT_EQ(each.most, c.each.most) << c.pace.most << " by " << c.parts;
    EXPECT_EQ(each.span, c.each.span) << c.pace.most << " by " << c.parts;
  }
}

// Whatever the answers take, the receiver never sees more than the pace in any window.
TEST(Gate, keeps_the_receivers_count_however_long_calls_are_on_their_way) {
  Gate gate;
  struct Call {
    std::string id;
    Time arrives, answered;
  };
  std::deque<Call> under_way;
  std::vector<Time> arrivals;
  int number = 0;
  for (auto now = kNow; now < kNow + 20s; now += 10ms) {
    std::erase_if(under_way, [&](const Call& ended) {
      if (ended.answered > now) return false;
      gate.end(kWindow, ended.id, ended.answered);
      return true;
    });
    for (int burst = 0; burst < 5 && gate.free(kWindow, now) > 0; ++burst) {
      ++number;
      Call call{std::to_string(number), now + number * 37 % 500 * 1ms, {}};
      call.answered = call.arrives + number * 53 % 90 * 1ms;
      gate.begin(call.id);
      arrivals.push_back(call.arrives);
      under_way.push_back(std::move(call));
    }
  }
  std::ranges::sort(arrivals);
  ASSERT_GT(arrivals.size(), 300U);
  for (std::size_t i = 30; i < arrivals.size(); ++i) EXPECT_GE(arrivals[i] - arrivals[i - 30], 1s) << i;
}

}  // namespace
}  // namespace rb
