#pragma once
// What is remembered of imported lists. Methods that write take the caller's transaction.
#include <map>
#include <string>
#include <vector>

#include "domain/lists/changes.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// Holds off every other import until the transaction ends.
Task<> begin_import(db::Transaction& tx, Time now);

Task<std::vector<std::string>> all_people(QueryRunner read);

Task<std::map<std::string, lists::RememberedPerson>> imported_people(QueryRunner read,
                                                                     std::vector<std::string> row_keys);
// Those that lie ahead and are still in their list, and those with these ids.
Task<std::map<std::string, lists::RememberedLesson>> imported_lessons(QueryRunner read, Time now,
                                                                      std::vector<std::string> ids);

void remember_people(db::Transaction& tx, const std::vector<lists::RememberedPerson>& people);
void remember_lessons(db::Transaction& tx, const std::vector<lists::RememberedLesson>& lessons);

}  // namespace rb::notification
