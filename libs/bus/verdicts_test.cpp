#include "bus/verdicts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rb::bus {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Verdicts with_tags(std::uint64_t count) {
  Verdicts verdicts;
  for (std::uint64_t tag = 1; tag <= count; ++tag) verdicts.delivered(tag);
  return verdicts;
}

TEST(Verdicts, of_a_whole_batch_are_one_message) {
  auto verdicts = with_tags(5);
  for (auto tag : {3, 1, 2, 4}) verdicts.settle(tag, Verdict::ack);
  EXPECT_THAT(verdicts.take(), ElementsAre(Settlement{Verdict::ack, 4, true}));
  verdicts.settle(5, Verdict::ack);
  EXPECT_THAT(verdicts.take(), ElementsAre(Settlement{Verdict::ack, 5, false}));
}

TEST(Verdicts, never_speak_for_a_message_that_is_still_with_the_consumer) {
  auto verdicts = with_tags(5);
  for (auto tag : {1, 2, 4, 5}) verdicts.settle(tag, Verdict::ack);
  EXPECT_THAT(verdicts.take(),
              ElementsAre(Settlement{Verdict::ack, 2, true}, Settlement{Verdict::ack, 4, false},
                          Settlement{Verdict::ack, 5, false}));
  EXPECT_THAT(verdicts.take(), IsEmpty());
}

TEST(Verdicts, of_different_kinds_are_said_apart_in_order) {
  auto verdicts = with_tags(4);
  verdicts.settle(1, Verdict::ack);
  verdicts.settle(2, Verdict::requeue);
  verdicts.settle(3, Verdict::requeue);
  verdicts.settle(4, Verdict::ack);
  EXPECT_THAT(verdicts.take(),
              ElementsAre(Settlement{Verdict::ack, 1, false}, Settlement{Verdict::requeue, 3, true},
                          Settlement{Verdict::ack, 4, false}));
}

TEST(Verdicts, count_once_and_only_for_known_messages) {
  auto verdicts = with_tags(1);
  verdicts.settle(7, Verdict::ack);
  verdicts.settle(1, Verdict::requeue);
  verdicts.settle(1, Verdict::ack);
  EXPECT_THAT(verdicts.take(), ElementsAre(Settlement{Verdict::requeue, 1, false}));
}

}  // namespace
}  // namespace rb::bus
