#pragma once
// A table page after page, by a statement that takes the key of the last row read and a :limit.
#include <functional>

#include "db/query_runner.hpp"

namespace rb::analytics {

class Pages {
 public:
  // `key`: the columns of the key with values below all that there are; `others`: further parameters.
  Pages(db::QueryRunner read, const db::Query& query, db::Params key, int size, db::Params others = {});

  Task<db::Rows> next();  // empty: there are no more

 private:
  db::QueryRunner read_;
  const db::Query& query_;
  db::Params key_;
  std::size_t size_;
  db::Params others_;
  bool ended_ = false;
};

// Calls `take` for every page that is not empty.
Task<> each_page(db::QueryRunner read, const db::Query& query, db::Params key,
                 std::function<void(const db::Rows&)> take);

inline constexpr std::int64_t kBelowAll = std::numeric_limits<std::int64_t>::min();

}  // namespace rb::analytics
