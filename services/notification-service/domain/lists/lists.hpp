#pragma once
// The two lists as they were handed over → checked rows. Pure.
#include "domain/lists/rows.hpp"

namespace rb::notification::lists {

struct Given {
  std::optional<Kind> kind;  // none: the headers tell
  std::string bytes;         // of the file, in whatever encoding
};

struct Lists {
  std::optional<std::vector<PersonRow>> people;  // none: not given
  std::optional<std::vector<LessonRow>> lessons;
  std::vector<std::string> ignored_people, ignored_lessons;  // headers that mean nothing here
};

// Each kind once.
Lists read_lists(const std::vector<Given>& given, Time now, Problems& problems);

}  // namespace rb::notification::lists
