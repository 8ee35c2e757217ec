#pragma once
// lessons.csv against what was imported before → lesson.created (silent), lesson.rescheduled, lesson.updated
// and lesson.cancelled. A list names all lessons of the tutors in it: what was imported for them, lies ahead
// and is no longer there is cancelled. Pure.
#include "domain/lists/lesson_match.hpp"
#include "domain/lists/people_changes.hpp"

namespace rb::notification::lists {

// The lessons that a list wants: those that lie ahead.
struct Wishes {
  std::vector<Wish> lessons;  // point into the rows they were made from
  std::set<std::string> tutors;
  int rows = 0, past = 0, erased = 0;

  // Ids that these lessons have or may get: what is remembered of them must be known.
  std::set<std::string> possible_ids() const;
};

Wishes read_wishes(const std::vector<LessonRow>& rows, const PeopleChanges& people, const Known& known,
                   const Options& options, Problems& problems);

struct LessonChanges : Outcome {
  std::vector<RememberedLesson> remember;
};

LessonChanges plan_lessons(const Wishes& wishes, const PeopleChanges& people, const Known& known,
                           const Options& options, Problems& problems);

}  // namespace rb::notification::lists
