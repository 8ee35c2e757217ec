#pragma once
// Figures of lessons. Tallies are whole numbers; figures are made of them at the end. Pure. Definitions:
// docs/metrics.md.
#include <boost/describe.hpp>
#include <map>
#include <span>

#include "domain/facts.hpp"
#include "domain/figures/days.hpp"
#include "domain/figures/exact.hpp"

namespace rb::analytics {

inline constexpr std::int64_t kRatingUnit = 1'000'000;

struct StatusCounts {
  std::int64_t scheduled = 0, completed = 0, cancelled = 0, missed = 0;

  void add(LessonStatus status, std::int64_t count = 1);
  std::int64_t all() const { return scheduled + completed + cancelled + missed; }
  std::int64_t decided() const { return completed + cancelled + missed; }
  bool operator==(const StatusCounts&) const = default;
};

bool is_present(const Place& place);  // attended, late or nothing said

struct LessonTally {
  StatusCounts lessons;
  std::int64_t unmarked = 0;
  std::int64_t minutes = 0;  // of completed lessons, each once
  std::int64_t completed_places = 0, present_places = 0, missed_places = 0;
  Sum rating;  // of completed places, in 1/kRatingUnit

  bool operator==(const LessonTally&) const = default;
};

struct SubjectTally {
  StatusCounts lessons;
  Sum rating;  // of completed places of those lessons, their days in the period

  bool operator==(const SubjectTally&) const = default;
};

struct LessonTallies {
  LessonTally total;
  std::vector<StatusCounts> days;  // as many as the period has
  std::map<std::string, SubjectTally> subjects;
  std::int64_t unique_students = 0;  // known ones, of completed places
  bool operator==(const LessonTallies&) const = default;
};

// Needs every lesson with a place in [days.begin(), days.end()), with all its places.
LessonTallies tally(std::span<const Lesson> lessons, const Scope& scope);

struct LessonFigures {
  std::int64_t total_lessons = 0, completed_lessons = 0, cancelled_lessons = 0, missed_lessons = 0,
               scheduled_lessons = 0, unmarked_lessons = 0;
  std::optional<double> completion_rate, attendance_rate, average_rating, average_duration;
  double total_hours = 0;
  std::int64_t unique_students = 0;
  bool operator==(const LessonFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(LessonFigures, (),
                      (total_lessons, completed_lessons, cancelled_lessons, missed_lessons, scheduled_lessons,
                       unmarked_lessons, completion_rate, attendance_rate, average_rating, average_duration,
                       total_hours, unique_students))

struct CompletionDay {
  std::string date;
  std::int64_t completed = 0, cancelled = 0, missed = 0;
  std::optional<double> completion_rate;
  bool operator==(const CompletionDay&) const = default;
};
BOOST_DESCRIBE_STRUCT(CompletionDay, (), (date, completed, cancelled, missed, completion_rate))

struct SubjectFigures {
  std::string subject;
  std::int64_t total_lessons = 0, completed_lessons = 0;
  std::optional<double> completion_rate, average_rating;
  bool operator==(const SubjectFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(SubjectFigures, (),
                      (subject, total_lessons, completed_lessons, completion_rate, average_rating))

LessonFigures lesson_figures(const LessonTallies& all);
std::vector<CompletionDay> completion_trends(std::span<const StatusCounts> counts, const Days& days);
std::vector<SubjectFigures> subject_performance(
    const std::map<std::string, SubjectTally>& subjects);  // by name

}  // namespace rb::analytics
