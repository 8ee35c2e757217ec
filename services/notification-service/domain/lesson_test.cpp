#include "domain/lesson.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "events/normal.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

events::Event event(const std::string& id, const std::string& type, const std::string& data) {
  auto now = parse_iso("2026-03-11", Zone::utc()).value();
  auto body = R"({"id":")" + id + R"(","type":")" + type + R"(","time":"2026-03-10T12:00:0)" + id +
              R"(Z","data":{"lesson_id":7)" + data + "}}";
  return std::get<events::Event>(events::parse_event(body, {"", "", 0, {}, now, Zone::utc()}));
}

const auto kCreated =
    event("1", "lesson.created", R"(,"tutor_id":1,"student_ids":[2,3],"scheduled_at":"2026-03-12T10:00")");
const auto kMoved = event("2", "lesson.rescheduled",
                          R"(,"tutor_id":1,"student_ids":[2,3],"scheduled_at":"2026-03-13T10:00")");
const auto kOneOff = event("3", "lesson.cancelled", R"(,"student_id":2)");
const auto kTopic = event("4", "lesson.updated", R"(,"topic":"Дроби")");
const auto kOff = event("5", "lesson.cancelled", "");

Lesson folded(const std::vector<const events::Event*>& order) {
  Lesson lesson;
  const Lesson* before = nullptr;
  for (const auto* e : order) {
    lesson = apply(before, *e).after;
    before = &lesson;
  }
  return lesson;
}

// What became of the lesson, whatever the order in which its events arrive.
void expect_always(std::vector<const events::Event*> order, const std::function<void(const Lesson&)>& holds) {
  std::ranges::sort(order);
  do {
    holds(folded(order));
  } while (std::ranges::next_permutation(order).found);
}

TEST(Lesson, the_order_of_arrival_does_not_matter_for_the_schedule) {
  expect_always({&kCreated, &kMoved, &kTopic, &kOff}, [](const Lesson& lesson) {
    EXPECT_TRUE(lesson.cancelled());
    EXPECT_EQ(lesson.details.at("topic"), "Дроби");
  });
}

TEST(Lesson, the_order_of_arrival_does_not_matter_for_each_student) {
  const auto off_3 = event("4", "lesson.cancelled", R"(,"student_id":3)");
  const auto on_2 = event("6", "lesson.rescheduled",
                          R"(,"tutor_id":1,"student_ids":[2],"scheduled_at":"2026-03-14T10:00")");
  expect_always({&kCreated, &kMoved, &kOneOff, &off_3, &on_2}, [](const Lesson& lesson) {
    EXPECT_TRUE(lesson.takes_part("2"));
    EXPECT_FALSE(lesson.takes_part("3"));
    EXPECT_EQ(format_iso(*lesson.scheduled_at), "2026-03-14T10:00:00Z");
  });
}

TEST(Lesson, of_one_creation_for_each_student_has_them_all) {
  const auto for_two =
      event("1", "lesson.created", R"(,"tutor_id":1,"student_id":2,"scheduled_at":"2026-03-12T10:00")");
  const auto for_three =
      event("2", "lesson.created", R"(,"tutor_id":1,"student_id":3,"scheduled_at":"2026-03-12T10:00")");
  expect_always({&for_two, &for_three}, [](const Lesson& lesson) { EXPECT_EQ(lesson.students.size(), 2U); });
  auto late = folded({&for_three});
  EXPECT_FALSE(apply(&late, for_two).stale);
}

TEST(Lesson, that_one_student_has_missed_is_over_for_that_one_alone) {
  const auto missed = event("3", "lesson.missed", R"(,"student_id":2)");
  expect_always({&kCreated, &kMoved, &missed}, [](const Lesson& lesson) {
    EXPECT_TRUE(lesson.over_for("2"));
    EXPECT_FALSE(lesson.over_for("3"));
    EXPECT_FALSE(lesson.over());
  });
}

TEST(Lesson, that_is_moved_after_it_was_missed_lies_ahead_again) {
  const auto missed = event("3", "lesson.missed", "");
  const auto again = event("4", "lesson.rescheduled",
                           R"(,"tutor_id":1,"student_ids":[2,3],"scheduled_at":"2026-03-20T10:00")");
  expect_always({&kCreated, &missed}, [](const Lesson& lesson) { EXPECT_TRUE(lesson.over()); });
  expect_always({&kCreated, &missed, &again}, [](const Lesson& lesson) { EXPECT_FALSE(lesson.over()); });
}

TEST(Lesson, cancelling_one_student_keeps_the_lesson_for_the_others) {
  auto lesson = apply(nullptr, kCreated).after;
  lesson = apply(&lesson, kOneOff).after;
  EXPECT_FALSE(lesson.cancelled());
  EXPECT_FALSE(lesson.takes_part("2"));
  EXPECT_TRUE(lesson.takes_part("3"));
}

TEST(Lesson, an_older_move_after_a_cancellation_is_stale) {
  auto lesson = apply(nullptr, kOff).after;
  EXPECT_TRUE(apply(&lesson, kMoved).stale);
}

}  // namespace
}  // namespace rb::notification
