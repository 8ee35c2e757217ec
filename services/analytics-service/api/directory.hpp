#pragma once
// People as the database has them, remembered in this process under the directory's data version. Whoever
// asks compares the version before with one read after (store/freshness): when they are the same, all that
// was told in between was true then. Belongs to the loop's thread.
#include <map>
#include <optional>
#include <unordered_map>

#include "db/database.hpp"
#include "store/facts.hpp"

namespace rb::analytics {

class Directory {
 public:
  explicit Directory(db::Database& database) : database_(database) {}

  std::int64_t version() const { return version_; }
  void learn(std::int64_t version);  // what the database says; what is older is forgotten
  Task<> refresh();                  // asks the database

  Task<std::vector<Person>> people(std::vector<std::string> ids);  // those it knows of
  Task<std::optional<Person>> person(std::string id);
  Task<std::map<std::string, std::string>> names(std::vector<std::string> ids);  // id → full name

 private:
  db::Database& database_;
  std::int64_t version_ = -1;
  std::unordered_map<std::string, std::optional<Person>> known_;
};

// Rows about people, each with the full name of whom it is about after it.
template <class Named, class Row>
Task<std::vector<Named>> with_names(Directory& people, std::vector<Row> rows, std::string Row::* id) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row.*id);
  auto names = co_await people.names(std::move(ids));
  std::vector<Named> out;
  for (auto& row : rows) {
    auto name = names[row.*id];
    out.push_back({std::move(row), std::move(name)});
  }
  co_return out;
}

}  // namespace rb::analytics
