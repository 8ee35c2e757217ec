#pragma once
// libpq's results as rows and as exceptions. Pure.
#include <libpq-fe.h>

#include <memory>
#include <string_view>

#include "db/database.hpp"

namespace rb::db {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

// The server undid the transaction because of another one; run again, it may succeed.
class Collision : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

Rows rows_of(const PGresult& result);

// The exception for a failed statement.
std::exception_ptr failure_of(const PGresult& result, std::string_view statement);
bool statement_is_stale(const PGresult& result);  // a table it used was changed: it must be prepared anew

}  // namespace rb::db
