#pragma once
// Named parameters to positions. Pure, thread-safe.
#include "db/database.hpp"

namespace rb::db {

// The values in the order of the query's positions. A parameter that is missing, unknown or given twice is
// std::logic_error; text that PostgreSQL could not store (zero byte, not UTF-8) is Broken on both databases.
std::vector<Value> in_order(const Query& query, Params params);

}  // namespace rb::db
