#pragma once
// people.csv against what is known → user.registered and user.updated, silent. Pure.
#include "domain/lists/changes.hpp"
#include "domain/lists/names.hpp"
#include "domain/lists/rows.hpp"

namespace rb::notification::lists {

struct PeopleChanges : Outcome {
  Names names;          // of the list and of those the caller may see
  Directory directory;  // as it is afterwards
  std::set<std::string> changed_people;
  std::set<std::string> students_with_other_parents;
  std::vector<RememberedPerson> remember;
};

// The ids that rows may come to, whoever they are: to look up who of them was erased.
std::set<std::string> possible_ids(const std::vector<PersonRow>& people,
                                   const std::vector<LessonRow>& lessons);

// Under which the rows are remembered.
std::vector<std::string> row_keys(const std::vector<PersonRow>& rows);

// No rows: only the names are taken over.
PeopleChanges plan_people(const std::vector<PersonRow>& rows, const Known& known, const Options& options,
                          Problems& problems);

}  // namespace rb::notification::lists
