#include <algorithm>
#include <cmath>
#include <set>

#include "domain/merge.hpp"

namespace rb::analytics {
namespace {

std::optional<Due> due_of(Events ordered) {
  auto text = merged_text(ordered, "due_date");
  if (text.empty()) return std::nullopt;
  constexpr std::size_t kDay = 10;  // "2026-01-02"
  if (text.size() == kDay) return Due{text, std::nullopt};
  return Due{"", last_with(ordered, "due_date")->moment("due_date")};
}

// A submission that names one of a group does not make the group smaller; another assignment does.
std::vector<std::string> students_of(Events ordered) {
  std::vector<std::string> students;
  for (const auto& event : ordered) {
    auto named = event.list("student_ids");
    std::ranges::sort(named);
    bool known = std::ranges::includes(students, named);
    if (!named.empty() && (!known || event.type == "homework.assigned")) students = std::move(named);
  }
  return students;
}

std::vector<std::string> submitters(Events ordered) {
  std::set<std::string> all;
  for (const auto& event : ordered) {
    if (event.type != "homework.submitted") continue;
    auto named = event.list("student_ids");
    all.insert(named.begin(), named.end());
  }
  return {all.begin(), all.end()};
}

std::optional<std::int64_t> grade_of(Events ordered) {
  const auto* graded = last_with(ordered, "grade");
  if (graded == nullptr) return std::nullopt;
  const auto* scaled = last_with(ordered, "grade_max");
  auto most = scaled != nullptr ? scaled->number("grade_max").value_or(5) : 5;
  // Exact as long as both have at most six decimals.
  auto millionths = [](double value) { return static_cast<__int128>(std::llround(value * 1e6)); };
  auto points = millionths(graded->number("grade").value_or(0)) * 5 * kGradeUnit;
  auto whole = millionths(most);
  return static_cast<std::int64_t>((2 * points + whole) / (2 * whole));
}

}  // namespace

std::optional<Homework> fold_homework(Events ordered) {
  if (ordered.empty()) return std::nullopt;
  Homework homework;
  homework.id = ordered.back().text("homework_id");
  homework.tutor_id = merged_text(ordered, "tutor_id");
  homework.lesson_id = merged_text(ordered, "lesson_id");
  homework.subject = merged_text(ordered, "subject");
  homework.description = merged_text(ordered, "description");
  homework.student_ids = students_of(ordered);
  if (const auto* assigned = last_of(ordered, "homework.assigned")) homework.assigned_at = assigned->time;
  homework.due = due_of(ordered);
  if (const auto* submitted = last_of(ordered, "homework.submitted")) {
    const auto* said = last_with(ordered, "submitted_at");
    homework.submitted_at = said != nullptr ? said->moment("submitted_at") : submitted->time;
    homework.submitted_by = submitters(ordered);
  }
  homework.grade = grade_of(ordered);
  homework.overdue = last_of(ordered, "homework.overdue") != nullptr;
  return homework;
}

}  // namespace rb::analytics
