#include "db/testing.hpp"

#include <fmt/format.h>

namespace rb::db {

Task<std::vector<std::string>> refused(Database& database, std::span<const Query* const> queries) {
  std::vector<std::string> found;
  for (const auto* query : queries) {
    auto sql = database.is_postgres()
                   ? fmt::format("prepare rb_test as {}; deallocate rb_test", query->postgres)
                   : fmt::format("explain {}", query->sqlite);
    try {
      co_await database.script(sql);
    } catch (const Broken& error) {
      found.push_back(fmt::format("{}: {}", query->name, error.what()));
    }
  }
  co_return found;
}

}  // namespace rb::db
