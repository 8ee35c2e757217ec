#pragma once
// Figures of homework: of the assignments given in the period, what has become of them at the moment of
// asking. Pure. Definitions: docs/metrics.md.
#include <boost/describe.hpp>
#include <map>
#include <span>

#include "domain/facts.hpp"
#include "domain/figures/days.hpp"
#include "domain/figures/exact.hpp"

namespace rb::analytics {

struct HomeworkTally {
  std::int64_t assignments = 0, submitted = 0, overdue = 0;
  std::int64_t submitted_with_due = 0, on_time = 0;
  Sum grade;  // in 1/kGradeUnit

  HomeworkTally& operator+=(const HomeworkTally& other);
  bool operator==(const HomeworkTally&) const = default;
};

struct HomeworkTallies {
  HomeworkTally total;
  std::vector<HomeworkTally> days;  // by the day of assigning
  std::map<std::string, HomeworkTally> subjects;
};

// When what is due is over in this zone. nullopt: no such day.
std::optional<Time> due_moment(const Due& due, const Zone& zone);

// Needs what was assigned in [days.begin(), days.end()).
HomeworkTallies tally(std::span<const Homework> homework, const Scope& scope);

struct HomeworkFigures {
  std::int64_t total_assignments = 0, submitted = 0, graded = 0, overdue = 0;
  std::int64_t completed_assignments = 0;  // other clients' name of submitted
  std::optional<double> completion_rate, average_grade, on_time_rate;
  bool operator==(const HomeworkFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(HomeworkFigures, (),
                      (total_assignments, completed_assignments, submitted, graded, overdue, completion_rate,
                       average_grade, on_time_rate))

struct HomeworkDay : HomeworkFigures {
  std::string date;
  bool operator==(const HomeworkDay&) const = default;
};
BOOST_DESCRIBE_STRUCT(HomeworkDay, (HomeworkFigures), (date))

struct HomeworkSubject : HomeworkFigures {
  std::string subject;
  bool operator==(const HomeworkSubject&) const = default;
};
BOOST_DESCRIBE_STRUCT(HomeworkSubject, (HomeworkFigures), (subject))

HomeworkFigures homework_figures(const HomeworkTally& tally);
std::vector<HomeworkDay> homework_trends(const HomeworkTallies& all, const Days& days);
std::vector<HomeworkSubject> homework_by_subject(const HomeworkTallies& all);  // by name

}  // namespace rb::analytics
