#include "domain/lesson.hpp"

#include <gtest/gtest.h>

#include <algorithm>

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

TEST(Lesson, the_order_of_arrival_does_not_matter_for_the_schedule) {
  std::vector<const events::Event*> order = {&kCreated, &kMoved, &kTopic, &kOff};
  std::ranges::sort(order);
  do {
    Lesson lesson;
    const Lesson* before = nullptr;
    for (const auto* e : order) {
      lesson = apply(before, *e).after;
      before = &lesson;
    }
    EXPECT_TRUE(lesson.cancelled);
    EXPECT_EQ(lesson.details.at("topic"), "Дроби");
  } while (std::ranges::next_permutation(order).found);
}

TEST(Lesson, cancelling_one_student_keeps_the_lesson_for_the_others) {
  auto lesson = apply(nullptr, kCreated).after;
  lesson = apply(&lesson, kOneOff).after;
  EXPECT_FALSE(lesson.cancelled);
  EXPECT_FALSE(lesson.students.at("2"));
  EXPECT_TRUE(lesson.students.at("3"));
}

TEST(Lesson, an_older_move_after_a_cancellation_is_stale) {
  auto lesson = apply(nullptr, kOff).after;
  EXPECT_TRUE(apply(&lesson, kMoved).stale);
}

}  // namespace
}  // namespace rb::notification
