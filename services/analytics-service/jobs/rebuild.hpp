#pragma once
// Facts and cells made anew of the whole log. Belongs to the loop's thread.
#include "db/database.hpp"

namespace rb::analytics {

// When the tables have been made by other rules than this program's (kCounting). One transaction: whoever
// writes waits, whoever reads sees the old until it ends. Says whether there was need.
Task<bool> rebuild_if_needed(db::Database& database);

}  // namespace rb::analytics
