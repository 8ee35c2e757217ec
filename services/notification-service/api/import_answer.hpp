#pragma once
// What an import tells its caller. Pure.
#include "api/import.hpp"
#include "domain/lists/lists.hpp"
#include "domain/lists/people_changes.hpp"

namespace rb::notification {

Error error_of(const lists::Problems& problems);
ListsAnswer answer_of(const lists::Lists& rows, const lists::Outcome& people, const lists::Outcome& lessons);

}  // namespace rb::notification
