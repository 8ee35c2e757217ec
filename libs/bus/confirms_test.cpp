#include "bus/confirms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rb::bus {
namespace {

using Result = Confirms::Result;
using testing::ElementsAre;
using testing::IsEmpty;

Confirms with_messages(std::uint64_t count) {
  Confirms confirms;
  for (std::uint64_t id = 101; id <= 100 + count; ++id) {
    confirms.published(id, "lesson.created", "m" + std::to_string(id));
  }
  return confirms;
}

TEST(Confirms, of_several_messages_at_once_settle_all_up_to_the_number) {
  auto confirms = with_messages(4);
  EXPECT_THAT(confirms.settled(2, false, true), ElementsAre(Result{102, Outcome::confirmed}));
  EXPECT_THAT(confirms.settled(3, true, true),
              ElementsAre(Result{101, Outcome::confirmed}, Result{103, Outcome::confirmed}));
  EXPECT_EQ(confirms.open(), 1U);
}

TEST(Confirms, for_unknown_numbers_change_nothing) {
  auto confirms = with_messages(1);
  EXPECT_THAT(confirms.settled(9, false, true), IsEmpty());
  confirms.settled(1, false, true);
  EXPECT_THAT(confirms.settled(1, true, true), IsEmpty());
}

TEST(Confirms, tell_a_returned_message_from_a_kept_one) {
  auto confirms = with_messages(2);
  confirms.returned("lesson.created", "m102");
  EXPECT_THAT(confirms.settled(2, true, true),
              ElementsAre(Result{101, Outcome::confirmed}, Result{102, Outcome::unrouted}));
}

TEST(Confirms, of_refused_messages_say_so) {
  auto confirms = with_messages(1);
  EXPECT_THAT(confirms.settled(1, false, false), ElementsAre(Result{101, Outcome::refused}));
}

TEST(Confirms, begin_anew_with_a_new_connection) {
  auto confirms = with_messages(2);
  EXPECT_THAT(confirms.abandon(), ElementsAre(Result{101, Outcome::unknown}, Result{102, Outcome::unknown}));
  confirms.published(103, "lesson.created", "m103");
  EXPECT_THAT(confirms.settled(1, false, true), ElementsAre(Result{103, Outcome::confirmed}));
}

}  // namespace
}  // namespace rb::bus
