// Homework, progress, materials.
#include <gmock/gmock.h>

#include "domain/figures/asking.hpp"
#include "domain/figures/homework.hpp"
#include "domain/figures/lessons.hpp"
#include "domain/figures/materials.hpp"
#include "domain/figures/progress.hpp"

namespace rb::analytics {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Homework assigned(std::string_view when, std::optional<Due> due = {}) {
  Homework out;
  out.student_ids = {"2"};
  out.tutor_id = "1";
  out.assigned_at = at(when);
  out.due = std::move(due);
  return out;
}

Homework handed_in(Homework homework, std::string_view when) {
  homework.submitted_at = at(when);
  homework.submitted_by = {"2"};
  return homework;
}

HomeworkFigures figures(const std::vector<Homework>& all,
                        const Question& asked = asking("2026-03-01", "2026-03-31")) {
  return homework_figures(tally(all, Scope(asked)).total);
}

TEST(Homework, is_counted_on_the_day_it_was_assigned) {
  auto graded = handed_in(assigned("2026-03-01T10:00:00Z"), "2026-04-10");
  graded.grade = kGradeUnit * 9 / 2;
  Homework never = graded;
  never.assigned_at.reset();
  auto all = figures({graded, assigned("2026-03-02"), assigned("2026-02-28"), never});
  EXPECT_EQ(all, (HomeworkFigures{2, 1, 1, 0, 1, 50, 4.5, std::nullopt}));
}

TEST(Homework, without_any_has_no_rates) { EXPECT_EQ(figures({}), HomeworkFigures()); }

TEST(Homework, due_on_a_day_is_due_until_that_day_ends_in_the_asked_zone) {
  const Due due{"2026-03-10", std::nullopt};  // ends at 21:00 UTC in Moscow
  auto in_time = handed_in(assigned("2026-03-01T10:00:00Z", due), "2026-03-10T21:00:00Z");
  auto late = handed_in(assigned("2026-03-01T10:00:00Z", due), "2026-03-10T21:00:00.000001Z");
  EXPECT_EQ(figures({in_time, late}).on_time_rate, 50);
  auto berlin = asking("2026-03-01", "2026-03-31", "Europe/Berlin");
  EXPECT_EQ(figures({in_time, late}, berlin).on_time_rate, 100);
}

TEST(Homework, is_overdue_by_what_is_told_or_by_the_clock) {
  auto said = handed_in(assigned("2026-03-01T10:00:00Z"), "2026-03-02");
  said.overdue = true;
  auto open = assigned("2026-03-01T10:00:00Z", Due{"", at("2026-03-20T10:00:00Z")});
  auto asked = asking("2026-03-01", "2026-03-31");
  asked.now = at("2026-03-20T10:00:00Z");
  EXPECT_EQ(figures({said, open}, asked).overdue, 1);
  asked.now += Micros(1);
  EXPECT_EQ(figures({said, open}, asked).overdue, 2);
  EXPECT_EQ(figures({handed_in(open, "2026-03-25")}, asked).overdue, 0);
}

TEST(Homework, has_figures_of_each_day_and_subject) {
  auto chemistry = assigned("2026-03-02T10:00:00Z");
  chemistry.subject = "Химия";
  Scope scope(asking("2026-03-01", "2026-03-02"));
  auto all = tally(std::vector{chemistry, assigned("2026-03-02T12:00:00Z")}, scope);
  auto days = homework_trends(all, scope.days);
  ASSERT_THAT(days, SizeIs(2));
  EXPECT_EQ(days[0].total_assignments, 0);
  EXPECT_EQ(days[1].total_assignments, 2);
  EXPECT_EQ(days[1].date, "2026-03-02");
  auto subjects = homework_by_subject(all);
  ASSERT_THAT(subjects, SizeIs(2));
  EXPECT_EQ(subjects[0].subject, "Химия");
}

TEST(Progress, follows_each_student_week_by_week) {
  Lesson lesson;
  lesson.minutes = 90;
  for (auto [id, when] : {std::pair("2", "2026-03-06T10:00:00Z"), {"3", "2026-03-09T10:00:00Z"}}) {
    Place place;
    place.student_id = id;
    place.status = LessonStatus::completed;
    place.at = at(when);
    place.rating = 4 * kRatingUnit;
    lesson.places.push_back(place);
  }
  lesson.places[1].status = LessonStatus::missed;
  auto group = handed_in(assigned("2026-03-09T10:00:00Z"), "2026-03-10");
  group.student_ids = {"2", "3"};
  group.grade = kGradeUnit * 4;
  Scope scope(asking("2026-03-03", "2026-03-09"));
  auto rows = student_progress(tally_progress(std::vector{lesson}, std::vector{group}, scope), scope.days);
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0], (StudentProgress{"2",
                                      1,
                                      1.5,
                                      4,
                                      4,
                                      100,
                                      at("2026-03-06T10:00:00Z"),
                                      {{"2026-03-02", 1, 4, {}, {}}, {"2026-03-09", 0, {}, 4, 100}}}));
  EXPECT_EQ(rows[1],
            (StudentProgress{
                "3", 0, 0, {}, 4, 0, {}, {{"2026-03-02", 0, {}, {}, {}}, {"2026-03-09", 0, {}, 4, 0}}}));
}

Access access(std::string material, MaterialUse use, std::string user = "", std::string title = "") {
  Access out;
  out.id = material + title + user;
  out.material_id = std::move(material);
  out.title = std::move(title);
  out.user_id = std::move(user);
  out.use = use;
  out.at = at("2026-03-05T10:00:00Z");
  return out;
}

TEST(Materials, are_counted_by_use) {
  auto all = tally(std::vector{access("1", MaterialUse::upload, "7"), access("1", MaterialUse::share, "7"),
                               access("1", MaterialUse::view, "2"), access("1", MaterialUse::download, "2"),
                               access("2", MaterialUse::view), access("2", MaterialUse::view, "3")},
                   Scope(asking("2026-03-05", "2026-03-05")));
  EXPECT_EQ(material_figures(all), (MaterialFigures{1, 1, 3, 1, 2}));
  EXPECT_THAT(materials_by_subject(all.subjects), ElementsAre(MaterialSubject{"—", 1, 1, 3, 1}));
  EXPECT_THAT(material_trends(all.days, Days(day("2026-03-05"), day("2026-03-05"), Zone::utc())),
              ElementsAre(MaterialDay{"2026-03-05", 1, 1, 3, 1}));
}

TEST(Materials, whose_student_or_tutor_is_not_told_are_of_their_user) {
  auto named = access("1", MaterialUse::view, "9");
  named.student_id = "2";
  auto asked = asking("2026-03-05", "2026-03-05");
  asked.student_ids = {"2"};
  EXPECT_EQ(tally(std::vector{named, access("1", MaterialUse::view, "2")}, Scope(asked)).total.views, 2);
  asked.student_ids = {"9"};
  EXPECT_EQ(tally(std::vector{named}, Scope(asked)).total.views, 0);
  asked.student_ids.reset();
  asked.tutor_id = "9";
  EXPECT_EQ(tally(std::vector{named}, Scope(asked)).total.views, 1);
}

TEST(Materials, as_popular_stand_by_title_then_by_id) {
  std::vector uses{access("10", MaterialUse::view, "1", "Б"), access("9", MaterialUse::view, "1", "Б"),
                   access("8", MaterialUse::view, "1", "А"),  access("7", MaterialUse::view, "1", "Я"),
                   access("7", MaterialUse::download, "2"),   access("6", MaterialUse::share, "2", "Ё")};
  Scope scope(asking("2026-03-05", "2026-03-05"));
  auto popular = popular_materials(accesses_by_material(uses, scope), material_titles(uses, scope), 3);
  EXPECT_THAT(popular, ElementsAre(PopularMaterial{"7", "Я", 2, 1, 1}, PopularMaterial{"8", "А", 1, 1, 0},
                                   PopularMaterial{"10", "Б", 1, 1, 0}));
}

TEST(Materials, are_called_as_last_told) {
  auto first = access("1", MaterialUse::upload, "1", "Старое"),
       second = access("1", MaterialUse::view, "1", "Новое");
  second.at += Micros(1);
  Scope scope(asking("2026-03-05", "2026-03-05"));
  EXPECT_EQ(material_titles(std::vector{second, first}, scope).at("1"), "Новое");
  first.at = second.at;
  EXPECT_EQ(material_titles(std::vector{second, first}, scope).at("1"), "Старое") << "of equals the last";
  EXPECT_TRUE(material_titles(std::vector{first}, Scope(asking("2026-03-04", "2026-03-04"))).empty());
}

}  // namespace
}  // namespace rb::analytics
