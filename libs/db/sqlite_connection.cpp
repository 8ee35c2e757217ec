#include "db/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <type_traits>

#include "base/strings.hpp"

namespace rb::db {
namespace {

constexpr Micros kLockWait = std::chrono::seconds(5);
constexpr int kReaderCache = 4'000, kWriterCache = 32'000;  // kB; indexes of random ids want room
constexpr int kStepsBetweenLooksAtTheClock = 1000;
constexpr auto kQuick = std::chrono::microseconds(500);

void lower(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (text == nullptr) return sqlite3_result_null(context);
  auto lowered = utf8_lower({text, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
  sqlite3_result_text64(context, lowered.data(), lowered.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int bind(sqlite3_stmt* statement, int place, const Value& value) {
  return std::visit(
      [&]<class T>(const T& v) {
        if constexpr (std::is_same_v<T, std::monostate>) return sqlite3_bind_null(statement, place);
        if constexpr (std::is_same_v<T, bool>) return sqlite3_bind_int(statement, place, v ? 1 : 0);
        if constexpr (std::is_same_v<T, std::int64_t>) return sqlite3_bind_int64(statement, place, v);
        if constexpr (std::is_same_v<T, double>) return sqlite3_bind_double(statement, place, v);
        if constexpr (std::is_same_v<T, std::string>) {
          return sqlite3_bind_text64(statement, place, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
        }
      },
      value);
}

Value column(sqlite3_stmt* statement, int at) {
  switch (sqlite3_column_type(statement, at)) {
    case SQLITE_NULL:
      return std::monostate{};
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, at)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, at);
    default: {
      const auto* text = static_cast<const char*>(sqlite3_column_blob(statement, at));
      return std::string(text == nullptr ? "" : text,
                         static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
    }
  }
}

// SQLite needs to write the file and others beside it; the system's own word for a lack of that is often
// misleading.
std::string protection(const std::string& path) {
  constexpr std::string_view kCure = "give it to the user that runs this program";
  auto folder = std::filesystem::absolute(path).parent_path();
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return fmt::format("its folder may not be written; {}", kCure);
  if (::access(path.c_str(), F_OK) == 0 && ::access(path.c_str(), R_OK | W_OK) != 0)
    return fmt::format("it may not be written; {}", kCure);
  return {};
}

}  // namespace

void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteConnection::SqliteConnection(std::string path, Mode mode, bool durable, Micros statement_deadline)
    : path_(std::move(path)), allowed_(statement_deadline) {
  constexpr int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  try {
    if (sqlite3_open_v2(path_.c_str(), &db_, flags, nullptr) != SQLITE_OK) fail("open");
    wait_for_locks(true);
    sqlite3_progress_handler(db_, kStepsBetweenLooksAtTheClock, over_deadline, this);
    sqlite3_create_function(db_, "rb_lower", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                            nullptr, lower, nullptr, nullptr);
    sqlite3_wal_hook(db_, committed, this);
    script(
        fmt::format("pragma journal_mode = wal; pragma synchronous = {}; pragma foreign_keys = on;"
                    "pragma temp_store = memory; pragma query_only = {}; pragma cache_size = -{};",
                    durable ? "full" : "off", mode == Mode::read ? "on" : "off",
                    mode == Mode::read ? kReaderCache : kWriterCache));
  } catch (...) {
    sqlite3_close(db_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(db_);
}

Rows SqliteConnection::run(std::string_view name, std::string_view sql, const std::vector<Value>& values) {
  auto& statement = prepared(name, sql);
  auto began = std::chrono::steady_clock::now();
  // A statement that is not reset keeps its read transaction open and its old values bound.
  struct End {
    Statement& statement;
    std::chrono::steady_clock::time_point began;
    ~End() {
      sqlite3_reset(statement.compiled.get());
      sqlite3_clear_bindings(statement.compiled.get());
      statement.quick = std::chrono::steady_clock::now() - began < kQuick;
    }
  } end{statement, began};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (bind(statement.compiled.get(), static_cast<int>(i) + 1, values[i]) != SQLITE_OK) fail(name);
  }
  deadline_ = began + allowed_;
  return collect(name, statement.compiled.get());
}

std::optional<bool> SqliteConnection::was_quick(std::string_view sql) const {
  auto known = statements_.find(sql);
  return known == statements_.end() ? std::nullopt : std::optional(known->second.quick);
}

void SqliteConnection::call_quick(std::string_view sql, bool quick) {
  if (auto known = statements_.find(sql); known != statements_.end()) known->second.quick = quick;
}

void SqliteConnection::wait_for_locks(bool wait) {
  sqlite3_busy_timeout(db_, wait ? static_cast<int>(std::min(kLockWait, allowed_).count() / 1000) : 0);
}

Rows SqliteConnection::collect(std::string_view name, sqlite3_stmt* statement) {
  std::vector<std::vector<Value>> cells;
  int code = sqlite3_step(statement);
  auto width = sqlite3_column_count(statement);  // the first step may have compiled `select *` anew
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    auto& row = cells.emplace_back();
    row.reserve(static_cast<std::size_t>(width));
    for (int i = 0; i < width; ++i) row.push_back(column(statement, i));
  }
  if (code != SQLITE_DONE) fail(name);
  std::vector<std::string> columns;
  columns.reserve(static_cast<std::size_t>(width));
  for (int i = 0; i < width; ++i) columns.emplace_back(sqlite3_column_name(statement, i));
  auto affected = sqlite3_stmt_readonly(statement) != 0 ? 0 : sqlite3_changes64(db_);
  return {std::move(columns), std::move(cells), affected};
}

void SqliteConnection::script(std::string_view sql) {
  deadline_ = std::chrono::steady_clock::time_point::max();
  if (sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("script");
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

SqliteConnection::Statement& SqliteConnection::prepared(std::string_view name, std::string_view sql) {
  if (auto kept = statements_.find(sql); kept != statements_.end()) return kept->second;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                         nullptr) != SQLITE_OK) {
    fail(name);
  }
  return statements_.emplace(sql, Statement{decltype(Statement::compiled)(statement)}).first->second;
}

int SqliteConnection::over_deadline(void* self) {
  return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(self)->deadline_ ? 1 : 0;
}

// In place of SQLite's own hook, which folds the log into the file within a commit.
int SqliteConnection::committed(void* self, sqlite3*, const char*, int pages) {
  static_cast<SqliteConnection*>(self)->log_pages_ = pages;
  return SQLITE_OK;
}

void SqliteConnection::fail(std::string_view name) const {
  auto file = fmt::format("the database file {}", path_);
  switch (sqlite3_errcode(db_) & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Unavailable(file + " is locked by another process");
    case SQLITE_INTERRUPT:
      throw TookTooLong(fmt::format("{} took longer than {} ms", name, allowed_.count() / 1000));
    case SQLITE_FULL:
      throw Broken("the disk is full: " + file + " cannot grow");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Broken(file + " is damaged or is no SQLite database; restore it from a backup");
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_PERM: {
      auto system = sqlite3_system_errno(db_);
      auto why = protection(path_);
      if (why.empty()) why = system != 0 ? std::strerror(system) : sqlite3_errmsg(db_);
      throw Broken(fmt::format("{} cannot be used: {}", file, why));
    }
    default:
      throw Broken(fmt::format("{}: {}", name, sqlite3_errmsg(db_)));
  }
}

}  // namespace rb::db
