#pragma once
// One asynchronous Database over PostgreSQL 15 and SQLite. The same SQL text runs on both; statements come
// from store/sql/*.sql through tools/embed_sql. Every member belongs to the loop's thread. A lost server
// throws Unavailable, anything else that fails (a violated constraint, bad SQL, full disk) throws Broken.
//
// Times are bigint microseconds UTC, money is bigint minor units, ids are text, lists and rows travel as one
// JSON text.
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "net/task.hpp"
#include "time/clock.hpp"

namespace rb::db {

// A named statement as tools/embed_sql writes it: `:name` parameters already rewritten to positions.
struct Query {
  std::string_view name;
  std::string_view sqlite;                       // ?1, ?2 …
  std::string_view postgres;                     // $1, $2 …
  std::span<const std::string_view> parameters;  // names in the order of the positions
};

using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct Param {
  Param(std::string_view n, std::monostate) : name(n) {}
  Param(std::string_view n, bool v) : name(n), value(v) {}
  Param(std::string_view n, int v) : name(n), value(std::int64_t{v}) {}
  Param(std::string_view n, std::int64_t v) : name(n), value(v) {}
  Param(std::string_view n, double v) : name(n), value(v) {}
  Param(std::string_view n, Time v) : name(n), value(to_micros(v)) {}
  Param(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
  Param(std::string_view n, std::string_view v) : name(n), value(std::string(v)) {}
  Param(std::string_view n, const char* v) : name(n), value(std::string(v)) {}
  template <class T>
  Param(std::string_view n, const std::optional<T>& v) : name(n) {
    if (v) value = Param(n, *v).value;
  }
  std::string_view name;
  Value value;
};
using Params = std::vector<Param>;  // each of the query's parameters exactly once; else std::logic_error

// The rows of one answer. Columns are read by name; an unknown name is std::logic_error.
class Rows {
 public:
  Rows() = default;
  Rows(std::vector<std::string> columns, std::vector<std::vector<Value>> cells, std::int64_t affected);

  std::size_t size() const { return cells_.size(); }
  bool empty() const { return cells_.empty(); }
  std::int64_t affected() const { return affected_; }  // rows inserted, updated or deleted

  bool is_null(std::size_t row, std::string_view column) const;
  std::int64_t integer(std::size_t row, std::string_view column) const;  // null, "", text: std::logic_error
  double real(std::size_t row, std::string_view column) const;
  bool boolean(std::size_t row, std::string_view column) const;
  const std::string& text(std::size_t row, std::string_view column) const;
  Time time(std::size_t row, std::string_view column) const;
  std::string text_or(std::size_t row, std::string_view column, std::string_view fallback = "") const;
  std::optional<std::int64_t> maybe_integer(std::size_t row, std::string_view column) const;
  std::optional<std::string> maybe_text(std::size_t row, std::string_view column) const;
  std::optional<Time> maybe_time(std::size_t row, std::string_view column) const;

 private:
  const Value& at(std::size_t row, std::string_view column) const;
  std::vector<std::string> columns_;
  std::vector<std::vector<Value>> cells_;
  std::int64_t affected_ = 0;
};

// One open transaction. Lives only inside the body that Database::transaction() calls. A statement that
// failed spoils it, also when the body catches the exception: nothing of it is kept. Queries outlive the
// transaction.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual Task<Rows> run(const Query& query, Params params) = 0;

  // Sends without waiting for the answer; a failure shows at the next run() or at the commit. Saves round
  // trips.
  virtual void post(const Query& query, Params params) = 0;

  // Calls `done` once the commit is durable, before transaction() returns to its caller and in the order of
  // the commits; never after a rollback. `done` must not throw.
  void on_commit(std::function<void()> done) { on_commit_.push_back(std::move(done)); }

 protected:
  std::vector<std::function<void()>> on_commit_;  // an implementation calls them, on the loop's thread
};

class Database {
 public:
  virtual ~Database() = default;

  // Reads outside any transaction; sees what was committed before the call.
  virtual Task<Rows> read(const Query& query, Params params) = 0;

  // Runs `body` and commits; when the returned task ends, the effects are durable. An exception in `body`
  // rolls all of it back and is thrown on. SQLite: many bodies share one commit (group commit), each in its
  // own savepoint. PostgreSQL: a connection of the pool each. Bodies must not wait for anything but their own
  // transaction.
  virtual Task<> transaction(std::function<Task<>(Transaction&)> body) = 0;

  // One statement in a transaction of its own; cheaper than transaction().
  virtual Task<Rows> write(const Query& query, Params params) = 0;

  // SQL without parameters, several statements; for migrations and tests.
  virtual Task<> script(std::string sql) = 0;

  virtual bool is_postgres() const = 0;
  virtual bool available() const = 0;  // the last attempt to reach the server succeeded
  virtual Task<bool> ping() = 0;       // asks now, within a second

  struct Stats {
    int connections = 0, idle = 0;
    std::int64_t waiting = 0;       // callers without a connection
    std::int64_t transactions = 0;  // since start
    std::int64_t commits = 0;       // fewer than transactions when they are grouped
  };
  virtual Stats stats() const = 0;
  virtual Task<> close() = 0;  // finishes what has begun
};

}  // namespace rb::db
