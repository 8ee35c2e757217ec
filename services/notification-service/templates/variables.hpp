#pragma once
// The variables a text may use: the one table of them. Pure, thread-safe.
#include <boost/json/object.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace rb::notification::templates {

struct Variable {
  std::string_view path;   // "lesson.subject"; what lies below a list is not named
  std::string_view where;  // families ("lesson") and types ("report.generated"), by spaces; "": every message
  std::string_view ru, en;
};

std::vector<Variable> variables_of(std::string_view type);

// Puts an empty object where one that a type declares is missing, so that `{{ student.first_name }}` prints
// nothing there instead of failing.
void add_missing_objects(boost::json::object& context, std::string_view type);

// Whether `path`, as a text mentions it, is one of them, leads to one, or lies below one.
bool is_declared(std::string_view path, std::span<const Variable> variables);

}  // namespace rb::notification::templates
