#include "db/sqlite_operations.hpp"

#include <algorithm>

namespace rb::db {

using Kind = SqliteOperation::Kind;

void SqliteOperations::perform(SqliteOperation& operation) {
  try {
    switch (operation.kind) {
      case Kind::begin:
        return begin();
      case Kind::savepoint:
        return perform_in_group("savepoint unit");
      case Kind::statement:
        return perform_statement(operation);
      case Kind::release:
        if (operation.unit->failure) perform_in_group("rollback to unit");
        return perform_in_group("release unit");
      case Kind::rollback:
        perform_in_group("rollback to unit");
        return perform_in_group("release unit");
      case Kind::script:
        return perform_script(operation);
      case Kind::commit:
        return perform_commit();
      case Kind::fold:
        return perform_fold();
    }
  } catch (...) {
    group_failure_ = std::current_exception();
  }
}

void SqliteOperations::perform_in_group(std::string_view sql) {
  if (!group_failure_) connection_->run(sql, sql);
}

bool SqliteOperations::quick(const std::vector<SqliteOperation>& operations) {
  for (const auto& operation : operations) {
    if (operation.kind == Kind::statement && !connection_->was_quick(operation.sql).value_or(false))
      return false;
  }
  if (operations.front().kind != Kind::begin) return true;
  connection_->wait_for_locks(false);
  begin();
  connection_->wait_for_locks(true);
  return begun_;
}

void SqliteOperations::begin() {
  if (begun_) return;
  group_failure_ = nullptr;
  try {
    connection_->run("begin", "begin immediate");
    begun_ = true;
  } catch (...) {
    group_failure_ = std::current_exception();
  }
}

void SqliteOperations::perform_statement(SqliteOperation& operation) {
  auto& failure = operation.unit->failure;
  try {
    if (group_failure_) failure = group_failure_;
    if (!failure) {
      auto rows = connection_->run(operation.name, operation.sql, operation.values);
      if (operation.answer) operation.answer->rows = std::move(rows);
    }
  } catch (...) {
    failure = std::current_exception();
    if (!connection_->in_transaction())
      group_failure_ = failure;  // disk full and the like: SQLite gave it up
  }
  if (operation.answer) operation.answer->failure = failure;
}

void SqliteOperations::perform_script(SqliteOperation& operation) {
  try {
    connection_->script(operation.sql);
  } catch (...) {
    operation.answer->failure = std::current_exception();
  }
  if (connection_->in_transaction()) connection_->run("rollback", "rollback");
}

void SqliteOperations::perform_commit() {
  begun_ = false;
  try {
    if (!group_failure_) connection_->run("commit", "commit");
  } catch (...) {
    group_failure_ = std::current_exception();
  }
  if (connection_->in_transaction()) connection_->run("rollback", "rollback");
}

void SqliteOperations::perform_fold() {
  try {
    connection_->run(kFoldLog.name, kFoldLog.sqlite);
  } catch (const Broken&) {
    return;  // the log stays until the next time
  }
}

}  // namespace rb::db
