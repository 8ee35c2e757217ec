#pragma once
// What happens inside SQLite's only writing connection: groups of transactions, each in a savepoint, under
// one BEGIN and COMMIT. Used by one thread at a time.
#include <exception>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "db/answer.hpp"
#include "db/sqlite_connection.hpp"

namespace rb::db {

// Copies the write-ahead log into the file as far as nobody is in the way. When all of it is copied, the next
// commit begins the log anew.
inline constexpr Query kFoldLog{"fold_log", "pragma wal_checkpoint(passive)", "", {}};

// One transaction of a group.
struct SqliteUnit {
  explicit SqliteUnit(net::Loop& loop) : ended(loop) {}
  std::exception_ptr failure;
  std::vector<std::function<void()>> on_commit;
  net::Latch ended;  // durable, or failed
};

struct SqliteOperation {
  enum class Kind { begin, savepoint, statement, release, rollback, commit, fold, script };
  Kind kind;
  std::shared_ptr<SqliteUnit> unit = nullptr;
  std::string_view name = {};
  std::string_view sql = {};  // of a Query or of a script that is waited for
  std::vector<Value> values = {};
  std::shared_ptr<Answer> answer = nullptr;  // none: posted
};

class SqliteOperations {
 public:
  explicit SqliteOperations(std::unique_ptr<SqliteConnection> connection)
      : connection_(std::move(connection)) {}

  // A failed statement is its unit's failure; what fails beyond that is the group's. Throws nothing.
  void perform(SqliteOperation& operation);
  std::exception_ptr group_failure() const { return group_failure_; }
  int log_pages() const { return connection_->log_pages(); }

  // Whether all of it is likely to take no longer than handing it to another thread: every statement was
  // quick the last time, and the file is ours to write or not held by another process now.
  bool quick(const std::vector<SqliteOperation>& operations);

 private:
  void perform_in_group(std::string_view sql);  // unless the group has failed
  void perform_statement(SqliteOperation& operation);
  void perform_script(SqliteOperation& operation);
  void perform_commit();
  void perform_fold();
  void begin();

  std::unique_ptr<SqliteConnection> connection_;
  std::exception_ptr group_failure_;
  bool begun_ = false;
};

}  // namespace rb::db
