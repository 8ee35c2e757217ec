#pragma once
// Reading alike inside and outside a transaction.
#include <functional>

#include "db/database.hpp"

namespace rb::db {

using QueryRunner = std::function<Task<Rows>(const Query&, Params)>;

inline QueryRunner reading(Transaction& tx) {
  return [&tx](const Query& query, Params params) { return tx.run(query, std::move(params)); };
}

inline QueryRunner reading(Database& database) {
  return [&database](const Query& query, Params params) { return database.read(query, std::move(params)); };
}

}  // namespace rb::db
