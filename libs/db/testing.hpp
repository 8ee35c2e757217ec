#pragma once
// For the tests of those who own statements.
#include <span>
#include <string>
#include <vector>

#include "db/database.hpp"

namespace rb::db {

// Lets the database compile each statement without running it; says which ones it refuses and why.
Task<std::vector<std::string>> refused(Database& database, std::span<const Query* const> queries);

}  // namespace rb::db
