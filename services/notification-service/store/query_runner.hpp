#pragma once
// Reading alike inside and outside a transaction.
#include <functional>

#include "db/database.hpp"

namespace rb::notification {

using QueryRunner = std::function<Task<db::Rows>(const db::Query&, db::Params)>;

inline QueryRunner reading(db::Transaction& tx) {
  return [&tx](const db::Query& query, db::Params params) { return tx.run(query, std::move(params)); };
}

inline QueryRunner reading(db::Database& database) {
  return [&database](const db::Query& query, db::Params params) {
    return database.read(query, std::move(params));
  };
}

}  // namespace rb::notification
