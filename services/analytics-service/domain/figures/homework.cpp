#include "domain/figures/homework.hpp"

#include <unordered_map>

namespace rb::analytics {
namespace {

// Ends of days, worked out once each: a due day is one of a few.
class DueMoments {
 public:
  explicit DueMoments(const Zone& zone) : zone_(zone) {}

  std::optional<Time> of(const std::optional<Due>& due) {
    if (!due) return std::nullopt;
    if (due->day.empty()) return due->moment;
    auto [found, unknown] = ends_.try_emplace(due->day);
    if (unknown) found->second = due_moment(*due, zone_);
    return found->second;
  }

 private:
  const Zone& zone_;
  std::unordered_map<std::string, std::optional<Time>> ends_;
};

HomeworkTally tally_of(const Homework& homework, std::optional<Time> due, Time now) {
  HomeworkTally one;
  one.assignments = 1;
  bool submitted = homework.submitted_at.has_value();
  one.submitted = submitted ? 1 : 0;
  one.overdue = homework.overdue || (!submitted && due && *due < now) ? 1 : 0;
  one.submitted_with_due = submitted && due ? 1 : 0;
  one.on_time = submitted && due && *homework.submitted_at <= *due ? 1 : 0;
  if (homework.grade) one.grade.add(*homework.grade);
  return one;
}

template <class Row>
Row named(const HomeworkTally& tally, std::string name) {
  return {homework_figures(tally), std::move(name)};
}

}  // namespace

HomeworkTally& HomeworkTally::operator+=(const HomeworkTally& other) {
  assignments += other.assignments;
  submitted += other.submitted;
  overdue += other.overdue;
  submitted_with_due += other.submitted_with_due;
  on_time += other.on_time;
  grade += other.grade;
  return *this;
}

std::optional<Time> due_moment(const Due& due, const Zone& zone) {
  if (due.day.empty()) return due.moment;
  auto day = parse_date(due.day);
  if (!day) return std::nullopt;
  return zone.to_utc(LocalTime(*day + std::chrono::days(1)));
}

HomeworkTallies tally(std::span<const Homework> homework, const Scope& scope) {
  const auto& asked = scope.asked;
  HomeworkTallies all;
  all.days.resize(scope.days.count());
  DueMoments due(asked.zone);
  for (const auto& one : homework) {
    if (!one.assigned_at || !asked.of_tutor(one.tutor_id) || !asked.of_subject(one.subject) ||
        !asked.of_any_student(one.student_ids))
      continue;
    auto day = scope.days.index(*one.assigned_at);
    if (!day) continue;
    auto counted = tally_of(one, due.of(one.due), asked.now);
    all.total += counted;
    all.days[*day] += counted;
    all.subjects[subject_name(one.subject)] += counted;
  }
  return all;
}

HomeworkFigures homework_figures(const HomeworkTally& tally) {
  return {.total_assignments = tally.assignments,
          .submitted = tally.submitted,
          .graded = tally.grade.count,
          .overdue = tally.overdue,
          .completed_assignments = tally.submitted,
          .completion_rate = percent(tally.submitted, tally.assignments),
          .average_grade = mean(tally.grade, kGradeUnit),
          .on_time_rate = percent(tally.on_time, tally.submitted_with_due)};
}

std::vector<HomeworkDay> homework_trends(const HomeworkTallies& all, const Days& days) {
  std::vector<HomeworkDay> out;
  for (std::size_t day = 0; day < all.days.size(); ++day)
    out.push_back(named<HomeworkDay>(all.days[day], iso_date(days.date(day))));
  return out;
}

std::vector<HomeworkSubject> homework_by_subject(const HomeworkTallies& all) {
  std::vector<HomeworkSubject> out;
  for (const auto& [name, subject] : all.subjects) out.push_back(named<HomeworkSubject>(subject, name));
  return out;
}

}  // namespace rb::analytics
