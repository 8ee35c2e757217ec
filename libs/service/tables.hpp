#pragma once
// The tables that each service has under its own prefix, and their statements: <prefix>_accepted_events,
// _dead_letters, _idempotency, _used_tickets. The service's migrations make them. Loop thread only.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "db/prefixed.hpp"

namespace rb::service {

using EventKey = std::pair<std::string, std::string>;  // source, id

class Tables {
 public:
  explicit Tables(const std::string& prefix);

  db::Query of(const db::Query& model) const { return queries_.at(model.name).query(); }  // of sql/tables.sql
  std::vector<db::Query> all() const;                                                     // for tests

 private:
  std::map<std::string_view, db::PrefixedQuery> queries_;
};

}  // namespace rb::service
