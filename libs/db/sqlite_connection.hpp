#pragma once
// One connection to a SQLite file: statements are prepared once and kept. Used by one thread at a time.
// Errors are thrown as database.hpp says; a file locked by another process for longer than five seconds is
// Unavailable.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "db/database.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace rb::db {

// A statement went over its deadline.
class TookTooLong : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

class SqliteConnection {
 public:
  enum class Mode { read, write };
  SqliteConnection(std::string path, Mode mode, bool durable, Micros statement_deadline);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // `name` is for error messages. The text of a statement is its key in the cache.
  Rows run(std::string_view name, std::string_view sql, const std::vector<Value>& values = {});

  // Whether the last run of this text took less than half a millisecond; nullopt: it was never run.
  std::optional<bool> was_quick(std::string_view sql) const;
  void call_quick(std::string_view sql, bool quick);  // as another connection has seen it
  void wait_for_locks(bool wait);
  void script(std::string_view sql);            // several statements, without a deadline
  bool in_transaction() const;                  // false also after SQLite gave up a transaction by itself
  int log_pages() const { return log_pages_; }  // of the write-ahead log at our last commit

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  struct Statement {
    std::unique_ptr<sqlite3_stmt, Finalize> compiled;
    bool quick = false;
  };

  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Statement& prepared(std::string_view name, std::string_view sql);
  Rows collect(std::string_view name, sqlite3_stmt* statement);
  [[noreturn]] void fail(std::string_view name) const;
  static int over_deadline(void* self);
  static int committed(void* self, sqlite3* db, const char* name, int pages);

  std::string path_;
  Micros allowed_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  int log_pages_ = 0;
  sqlite3* db_ = nullptr;
  std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

}  // namespace rb::db
