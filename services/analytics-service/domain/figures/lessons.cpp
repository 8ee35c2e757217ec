#include "domain/figures/lessons.hpp"

#include <array>
#include <string_view>
#include <unordered_set>

#include "domain/figures/standing.hpp"

namespace rb::analytics {
namespace {

bool is_unmarked(const Lesson& lesson, Time now) {
  return lesson.scheduled_at && *lesson.scheduled_at + std::chrono::minutes(lesson.minutes) < now;
}

void add_place(LessonTally& tally, const Place& place) {
  if (place.status == LessonStatus::missed) ++tally.missed_places;
  if (place.status != LessonStatus::completed) return;
  ++tally.completed_places;
  if (is_present(place)) ++tally.present_places;
  if (place.rating) tally.rating.add(*place.rating);
}

using People = std::unordered_set<std::string_view>;

void add(LessonTallies& all, People& students, const Lesson& lesson, const Scope& scope) {
  const auto& asked = scope.asked;
  if (!asked.of_tutor(lesson.tutor_id) || !asked.of_subject(lesson.subject)) return;
  Sum rating;
  for (const auto& place : lesson.places) {
    if (!asked.of_student(place.student_id) || !scope.days.holds(place.at)) continue;
    add_place(all.total, place);
    if (place.status != LessonStatus::completed) continue;
    if (place.rating) rating.add(*place.rating);
    if (!place.student_id.empty()) students.insert(place.student_id);
  }
  auto whole = standing(lesson, [&](const Place& place) { return asked.of_student(place.student_id); });
  auto day = whole ? scope.days.index(whole->at) : std::nullopt;
  if (!day) return;
  all.total.lessons.add(whole->status);
  all.days[*day].add(whole->status);
  auto& subject = all.subjects[subject_name(lesson.subject)];
  subject.lessons.add(whole->status);
  subject.rating += rating;
  if (whole->status == LessonStatus::completed) all.total.minutes += lesson.minutes;
  if (whole->status == LessonStatus::scheduled && is_unmarked(lesson, asked.now)) ++all.total.unmarked;
}

}  // namespace

bool is_present(const Place& place) {
  return place.attendance.empty() || place.attendance == "attended" || place.attendance == "late";
}

void StatusCounts::add(LessonStatus status, std::int64_t count) {
  constexpr std::array kCounts = {&StatusCounts::scheduled, &StatusCounts::completed,
                                  &StatusCounts::cancelled, &StatusCounts::missed};
  this->*kCounts[static_cast<std::size_t>(status)] += count;
}

LessonTallies tally(std::span<const Lesson> lessons, const Scope& scope) {
  LessonTallies all;
  all.days.resize(scope.days.count());
  People students;
  for (const auto& lesson : lessons) add(all, students, lesson, scope);
  all.unique_students = std::ssize(students);
  return all;
}

LessonFigures lesson_figures(const LessonTallies& all) {
  const auto& total = all.total;
  const auto& counts = total.lessons;
  return {.total_lessons = counts.all(),
          .completed_lessons = counts.completed,
          .cancelled_lessons = counts.cancelled,
          .missed_lessons = counts.missed,
          .scheduled_lessons = counts.scheduled,
          .unmarked_lessons = total.unmarked,
          .completion_rate = percent(counts.completed, counts.decided()),
          .attendance_rate = percent(total.present_places, total.completed_places + total.missed_places),
          .average_rating = mean(total.rating, kRatingUnit),
          .average_duration = mean({total.minutes, counts.completed}, 1),
          .total_hours = rounded(total.minutes, 60),
          .unique_students = all.unique_students};
}

std::vector<CompletionDay> completion_trends(std::span<const StatusCounts> counts, const Days& days) {
  std::vector<CompletionDay> out;
  out.reserve(counts.size());
  for (std::size_t day = 0; day < counts.size(); ++day) {
    const auto& count = counts[day];
    out.push_back({iso_date(days.date(day)), count.completed, count.cancelled, count.missed,
                   percent(count.completed, count.decided())});
  }
  return out;
}

std::vector<SubjectFigures> subject_performance(const std::map<std::string, SubjectTally>& subjects) {
  std::vector<SubjectFigures> out;
  for (const auto& [name, subject] : subjects)
    out.push_back({name, subject.lessons.all(), subject.lessons.completed,
                   percent(subject.lessons.completed, subject.lessons.decided()),
                   mean(subject.rating, kRatingUnit)});
  return out;
}

}  // namespace rb::analytics
