#include "domain/figures/lessons.hpp"

#include <gmock/gmock.h>

#include "domain/figures/asking.hpp"
#include "domain/figures/earnings.hpp"

namespace rb::analytics {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using enum LessonStatus;

Place place(std::string student, LessonStatus status, std::string_view when) {
  Place out;
  out.student_id = std::move(student);
  out.status = status;
  out.at = at(when);
  return out;
}

Lesson lesson(std::vector<Place> places, std::string subject = "Физика") {
  Lesson out;
  out.id = "7";
  out.tutor_id = "1";
  out.subject = std::move(subject);
  out.places = std::move(places);
  return out;
}

LessonFigures figures(const std::vector<Lesson>& lessons,
                      const Question& asked = asking("2026-03-01", "2026-03-31")) {
  return lesson_figures(tally(lessons, Scope(asked)));
}

TEST(Lessons, are_counted_by_status) {
  auto rated = place("2", completed, "2026-03-01T10:00:00Z");
  rated.rating = 4'500'000;
  auto again = place("2", completed, "2026-03-02T10:00:00Z");
  again.rating = 5'000'000;
  auto absent = place("2", completed, "2026-03-02T12:00:00Z");
  absent.attendance = "absent_excused";
  auto all = figures({lesson({rated}), lesson({again}), lesson({absent}),
                      lesson({place("3", cancelled, "2026-03-03T10:00:00Z")}),
                      lesson({place("3", missed, "2026-03-03T12:00:00Z")}),
                      lesson({place("3", scheduled, "2026-03-30T10:00:00Z")}),
                      lesson({place("4", completed, "2026-02-28T20:59:59Z")}),
                      lesson({place("4", completed, "2026-03-31T21:00:00Z")})});
  EXPECT_EQ(all, (LessonFigures{.total_lessons = 6,
                                .completed_lessons = 3,
                                .cancelled_lessons = 1,
                                .missed_lessons = 1,
                                .scheduled_lessons = 1,
                                .unmarked_lessons = 0,
                                .completion_rate = 60,
                                .attendance_rate = 50,
                                .average_rating = 4.75,
                                .average_duration = 60,
                                .total_hours = 3,
                                .unique_students = 1}));
}

TEST(Lessons, without_any_have_no_rates) {
  auto none = figures({});
  EXPECT_EQ(none, LessonFigures());
  EXPECT_FALSE(none.completion_rate || none.attendance_rate || none.average_rating || none.average_duration);
}

TEST(Lessons, a_group_is_one_lesson_with_many_places) {
  auto group =
      lesson({place("2", completed, "2026-03-05T11:00:00Z"), place("3", missed, "2026-03-05T10:00:00Z"),
              place("4", completed, "2026-03-04T11:00:00Z")});
  group.minutes = 90;
  auto all = figures({group});
  EXPECT_EQ(all.total_lessons, 1);
  EXPECT_EQ(all.completed_lessons, 1);
  EXPECT_EQ(all.total_hours, 1.5);
  EXPECT_EQ(all.unique_students, 2);
  EXPECT_EQ(all.attendance_rate, 66.67);
  auto days = completion_trends(tally(std::vector{group}, Scope(asking("2026-03-04", "2026-03-05"))).days,
                                Days(day("2026-03-04"), day("2026-03-05"), Zone::utc()));
  EXPECT_THAT(
      days, ElementsAre(CompletionDay{"2026-03-04", 1, 0, 0, 100}, CompletionDay{"2026-03-05", 0, 0, 0, {}}));
}

TEST(Lessons, count_a_place_on_its_own_day_also_when_the_lesson_was_before) {
  auto late = place("3", completed, "2026-03-01T10:00:00Z");
  late.rating = 5'000'000;
  auto group = lesson({place("2", completed, "2026-02-20T11:00:00Z"), late});
  auto all = tally(std::vector{group}, Scope(asking("2026-03-01", "2026-03-31")));
  EXPECT_EQ(lesson_figures(all).total_lessons, 0);
  EXPECT_EQ(lesson_figures(all).unique_students, 1);
  EXPECT_EQ(lesson_figures(all).average_rating, 5);
  EXPECT_THAT(subject_performance(all.subjects), SizeIs(0));
}

TEST(Lessons, a_student_asked_about_has_the_status_of_their_own_place) {
  auto group =
      lesson({place("2", completed, "2026-03-05T11:00:00Z"), place("3", missed, "2026-03-05T10:00:00Z")});
  auto asked = asking("2026-03-01", "2026-03-31");
  asked.student_ids = {"3"};
  EXPECT_EQ(figures({group}, asked).missed_lessons, 1);
  asked.student_ids = {"3", "2"};
  EXPECT_EQ(figures({group}, asked).completed_lessons, 1);
  asked.student_ids.emplace();
  EXPECT_EQ(figures({group}, asked).total_lessons, 0);
}

TEST(Lessons, are_of_the_tutor_and_the_subject_that_are_asked_about) {
  auto nameless = lesson({place("2", completed, "2026-03-05T11:00:00Z")}, "");
  auto asked = asking("2026-03-01", "2026-03-31");
  asked.subject = "—";
  EXPECT_EQ(figures({nameless}, asked).total_lessons, 1);
  asked.subject = "Физика";
  EXPECT_EQ(figures({nameless}, asked).total_lessons, 0);
  asked.subject.reset();
  asked.tutor_id = "2";
  EXPECT_EQ(figures({nameless}, asked).total_lessons, 0);
}

TEST(Lessons, are_unmarked_once_their_end_has_passed) {
  auto planned = lesson({place("2", scheduled, "2026-03-05T10:00:00Z")});
  planned.scheduled_at = at("2026-03-05T10:00:00Z");
  auto asked = asking("2026-03-01", "2026-03-31");
  asked.now = at("2026-03-05T11:00:00Z");
  EXPECT_EQ(figures({planned}, asked).unmarked_lessons, 0);
  asked.now += Micros(1);
  EXPECT_EQ(figures({planned}, asked).unmarked_lessons, 1);
  planned.scheduled_at.reset();
  EXPECT_EQ(figures({planned}, asked).unmarked_lessons, 0);
}

TEST(Lessons, subjects_stand_by_name_the_unset_one_as_a_dash) {
  auto rated = place("2", completed, "2026-03-05T11:00:00Z");
  rated.rating = 4'333'333;
  auto all = tally(std::vector{lesson({place("2", cancelled, "2026-03-05T11:00:00Z")}), lesson({rated}),
                               lesson({place("2", scheduled, "2026-03-05T11:00:00Z")}, "")},
                   Scope(asking("2026-03-01", "2026-03-31")));
  EXPECT_THAT(subject_performance(all.subjects),
              ElementsAre(SubjectFigures{"Физика", 2, 1, 50, 4.33}, SubjectFigures{"—", 1, 0, {}, {}}));
}

TEST(TutorEarnings, stand_by_what_came_in_beside_what_is_owed) {
  auto held =
      lesson({place("2", completed, "2026-03-05T11:00:00Z"), place("3", completed, "2026-03-05T11:00:00Z")});
  held.tutor_pay = Money{50'000, "RUB"};
  auto other = lesson({place("2", completed, "2026-03-06T11:00:00Z")});
  auto called_off = lesson({place("2", cancelled, "2026-03-06T11:00:00Z")});
  called_off.tutor_pay = Money{50'000, "RUB"};
  auto second = lesson({place("9", completed, "2026-03-06T11:00:00Z")});
  second.tutor_id = "5";
  Payment paid;
  paid.id = "p";
  paid.tutor_id = "1";
  paid.processed = PaymentEntry{{300'001, "RUB"}, at("2026-03-05T12:00:00Z")};
  paid.refunded = PaymentEntry{{100'000, "RUB"}, at("2026-03-25T12:00:00Z")};
  Scope scope(asking("2026-03-01", "2026-03-31"));
  auto all = tally_earnings(std::vector{held, other, called_off, second}, std::vector{paid}, scope);
  auto rows = tutor_earnings(all, "RUB");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0],
            (TutorEarnings{{"RUB", 2000.01, 500.0, 1000.01}, "1", 2, {{"RUB", 2000.01, 500.0, 1000.01}}}));
  EXPECT_EQ(rows[1], (TutorEarnings{{"RUB", 0, std::nullopt, 0.0}, "5", 1, {}}));
}

}  // namespace
}  // namespace rb::analytics
