#pragma once
// How each student gets on, in the period and week by week. Pure. Definitions: docs/metrics.md.
#include <boost/describe.hpp>
#include <map>
#include <span>

#include "domain/facts.hpp"
#include "domain/figures/days.hpp"
#include "domain/figures/exact.hpp"
#include "json/rule.hpp"

namespace rb::analytics {

struct ProgressTally {
  std::int64_t completed = 0, minutes = 0;
  std::int64_t assignments = 0, submitted = 0;
  Sum rating;  // in 1/kRatingUnit
  Sum grade;   // in 1/kGradeUnit
};

struct StudentTally {
  ProgressTally total;
  std::optional<Time> last_lesson_at;
  std::map<Date, ProgressTally> weeks;  // by their Mondays
};

using StudentTallies = std::map<std::string, StudentTally>;  // by student

// Students with a place or an assignment of the period. Needs the lessons of lessons.hpp and the homework
// assigned in the period.
StudentTallies tally_progress(std::span<const Lesson> lessons, std::span<const Homework> homework,
                              const Scope& scope);

struct ProgressWeek {
  std::string week;  // its Monday
  std::int64_t completed_lessons = 0;
  std::optional<double> average_rating, average_grade, homework_completion_rate;
  bool operator==(const ProgressWeek&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgressWeek, (),
                      (week, completed_lessons, average_rating, average_grade, homework_completion_rate))

struct StudentProgress {
  std::string student_id;
  std::int64_t completed_lessons = 0;
  double total_hours = 0;
  std::optional<double> average_rating, average_grade, homework_completion_rate;
  std::optional<Time> last_lesson_at;  // completed, in the period
  std::vector<ProgressWeek> trend;     // every week that has a day in the period, cut to it
  bool operator==(const StudentProgress&) const = default;
};
BOOST_DESCRIBE_STRUCT(StudentProgress, (),
                      (student_id, completed_lessons, total_hours, average_rating, average_grade,
                       homework_completion_rate, last_lesson_at, trend))
json::Rules rules(const StudentProgress*);

std::vector<StudentProgress> student_progress(const StudentTallies& all, const Days& days);  // by id

}  // namespace rb::analytics
