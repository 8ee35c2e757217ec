#include "domain/figures/progress.hpp"

#include "domain/figures/lessons.hpp"

namespace rb::analytics {
namespace {

Date week_of(const Days& days, std::size_t day) { return monday(days.date(day)); }

void add_lesson(StudentTallies& all, const Lesson& lesson, const Scope& scope) {
  const auto& asked = scope.asked;
  if (!asked.of_tutor(lesson.tutor_id) || !asked.of_subject(lesson.subject)) return;
  for (const auto& place : lesson.places) {
    if (place.student_id.empty() || !asked.of_student(place.student_id)) continue;
    auto day = scope.days.index(place.at);
    if (!day) continue;
    auto& student = all[place.student_id];
    if (place.status != LessonStatus::completed) continue;
    student.last_lesson_at = std::max(student.last_lesson_at.value_or(place.at), place.at);
    for (auto* where : {&student.total, &student.weeks[week_of(scope.days, *day)]}) {
      ++where->completed;
      where->minutes += lesson.minutes;
      if (place.rating) where->rating.add(*place.rating);
    }
  }
}

// Of a group's assignment each has handed in their own.
bool handed_in(const Homework& homework, const std::string& student) {
  if (!homework.submitted_at || homework.student_ids.size() == 1) return homework.submitted_at.has_value();
  return std::ranges::find(homework.submitted_by, student) != homework.submitted_by.end();
}

void add_homework(StudentTallies& all, const Homework& homework, const Scope& scope) {
  const auto& asked = scope.asked;
  if (!homework.assigned_at || !asked.of_tutor(homework.tutor_id) || !asked.of_subject(homework.subject))
    return;
  auto day = scope.days.index(*homework.assigned_at);
  if (!day) return;
  for (const auto& id : homework.student_ids) {
    if (!asked.of_student(id)) continue;
    auto& student = all[id];
    for (auto* where : {&student.total, &student.weeks[week_of(scope.days, *day)]}) {
      ++where->assignments;
      if (handed_in(homework, id)) ++where->submitted;
      if (homework.grade) where->grade.add(*homework.grade);
    }
  }
}

ProgressWeek week_figures(Date week, const ProgressTally& tally) {
  return {iso_date(week), tally.completed, mean(tally.rating, kRatingUnit), mean(tally.grade, kGradeUnit),
          percent(tally.submitted, tally.assignments)};
}

}  // namespace

json::Rules rules(const StudentProgress*) { return {json::rule("student_id").integer_or_text()}; }

StudentTallies tally_progress(std::span<const Lesson> lessons, std::span<const Homework> homework,
                              const Scope& scope) {
  StudentTallies all;
  for (const auto& lesson : lessons) add_lesson(all, lesson, scope);
  for (const auto& assignment : homework) add_homework(all, assignment, scope);
  return all;
}

std::vector<StudentProgress> student_progress(const StudentTallies& all, const Days& days) {
  std::vector<StudentProgress> out;
  auto last = monday(days.date(days.count() - 1));
  for (const auto& [id, student] : all) {
    const auto& total = student.total;
    StudentProgress row{.student_id = id,
                        .completed_lessons = total.completed,
                        .total_hours = rounded(total.minutes, 60),
                        .average_rating = mean(total.rating, kRatingUnit),
                        .average_grade = mean(total.grade, kGradeUnit),
                        .homework_completion_rate = percent(total.submitted, total.assignments),
                        .last_lesson_at = student.last_lesson_at,
                        .trend = {}};
    for (auto week = monday(days.date(0)); week <= last; week += std::chrono::weeks(1)) {
      auto found = student.weeks.find(week);
      row.trend.push_back(week_figures(week, found == student.weeks.end() ? ProgressTally() : found->second));
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace rb::analytics
