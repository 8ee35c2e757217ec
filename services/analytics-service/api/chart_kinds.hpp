#pragma once
// The named charts: their paths, kinds and who may see them; and how each is made of figures.
#include <span>

#include "api/asking.hpp"
#include "charts/chart.hpp"

namespace rb::analytics {

struct NamedChart {
  std::string_view name, path;  // "lesson_completion", "lessons/completion"
  Area area;
  std::vector<Role> roles;
  std::vector<std::string> kinds;  // the first is the standard
  std::string_view russian, english;
  bool of_student = false;  // needs student_id
  Task<Chart> (*make)(db::QueryRunner read, const Asking& asking, Manner manner);
};

std::span<const NamedChart> named_charts();

}  // namespace rb::analytics
