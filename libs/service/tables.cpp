#include "service/tables.hpp"

#include "rb/service/sql/tables.sql.hpp"

namespace rb::service {

Tables::Tables(const std::string& prefix) {
  for (const auto* model : sql::tables_queries)
    queries_.emplace(model->name, db::PrefixedQuery(*model, "service", prefix));
}

std::vector<db::Query> Tables::all() const {
  std::vector<db::Query> out;
  for (const auto& [name, query] : queries_) out.push_back(query.query());
  return out;
}

}  // namespace rb::service
