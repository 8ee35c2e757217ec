#pragma once
// Which of the lessons that were imported before are which of those that the list names now. Pure.
#include <set>
#include <vector>

#include "domain/lists/changes.hpp"
#include "domain/lists/rows.hpp"

namespace rb::notification::lists {

// One lesson that the list wants.
struct Wish {
  const LessonRow* row = nullptr;
  std::string row_key;  // of the row's id, or of tutor, students and subject
  std::string tutor_id;
  std::vector<std::string> students;  // in order
  Time start;
  Zone zone = Zone::utc();
};

struct Match {
  const RememberedLesson* before = nullptr;  // nullptr: a new lesson
  const Wish* wish = nullptr;                // nullptr: gone from the list
};

// First the same lesson at the same time; then the same time with a student or the subject changed; then the
// nearest within a week, or at any distance when the row has an id of its own. The order of neither side
// matters. The new ones come first, in the order of time; then all others, in the order of their lessons.
std::vector<Match> match_lessons(std::vector<const RememberedLesson*> before,
                                 std::vector<const Wish*> wishes);

}  // namespace rb::notification::lists
