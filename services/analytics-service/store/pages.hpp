#pragma once
// A table page after page, by a statement that takes the key of the last row read and a :limit.
#include <functional>

#include "db/query_runner.hpp"

namespace rb::analytics {

// `key`: the columns of the key with values below all that there are. Calls `take` for every page.
Task<> each_page(db::QueryRunner read, const db::Query& query, db::Params key,
                 std::function<void(const db::Rows&)> take);

inline constexpr std::int64_t kBelowAll = std::numeric_limits<std::int64_t>::min();

}  // namespace rb::analytics
