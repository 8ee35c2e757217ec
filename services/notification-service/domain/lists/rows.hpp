#pragma once
// The checked rows of the two lists; what is still open is whom the names mean. Pure.
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/lists/cells.hpp"
#include "domain/lists/sheet.hpp"

namespace rb::notification::lists {

struct PersonRow {
  int line = 0;
  std::string id;  // "" when the list gives none
  std::string name;
  std::vector<Audience> roles;
  std::vector<std::string> children, tutors;  // names or ids
  boost::json::object fields;                 // of the event: full_name, roles, email, timezone …
};

struct LessonRow {
  int line = 0;
  std::string id;
  std::vector<std::string> students;  // names or ids
  std::string tutor;                  // name or id, "" when the list names none
  Start start;
  std::optional<std::chrono::local_days> weekly_until;
  boost::json::object fields;  // of the event: duration_minutes, price, subject …
};

// Every wrong cell is added to `problems` and left out of its row.
std::vector<PersonRow> read_people(const Sheet& sheet, Time now, Problems& problems);
std::vector<LessonRow> read_lessons(const Sheet& sheet, Problems& problems);

// The moments of a row, a week apart on the wall clock of `zone`.
std::vector<Time> occurrences(const LessonRow& row, const Zone& zone);

}  // namespace rb::notification::lists
