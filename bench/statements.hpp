#pragma once
// The statements that a program sends to PostgreSQL, read from the server's log, and the same statements by
// hand: sent by rb::db on one connection, one after the other, nothing done with what they answer.
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "net/loop.hpp"

namespace rb::bench {

struct Statement {
  std::string sql;
  std::vector<std::optional<std::string>> values;
  bool plain = false;  // without parameters, by the simple protocol
};

struct Unit {
  bool transaction = false;  // begin and commit around it
  std::vector<Statement> statements;
};

// Put into the statements that are our own: they are not recorded.
inline constexpr std::string_view kUnrecorded = "/* not recorded */";

// Makes the server log every statement as long as it lives.
class Recorder {
 public:
  // `log` is the server's; `url` lets its superuser in.
  Recorder(net::Loop& loop, std::string url, std::filesystem::path log);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  std::vector<Unit> take();  // what has ended since the last take

 private:
  void say(const std::string& setting);

  net::Loop& loop_;
  std::string url_;
  std::filesystem::path log_;
  std::uintmax_t read_ = 0;
  std::map<std::string, Unit> open_;  // transactions by the process that is in them
};

// Runs what was recorded. Keeps what it is given: prepared statements are known by their text.
class Replay {
 public:
  explicit Replay(db::Database& database) : database_(database) {}
  Task<std::size_t> run(const std::vector<Unit>& units);  // how many rows came

 private:
  db::Query query(const Statement& statement);

  db::Database& database_;
  std::map<std::string, std::string> texts_;
};

}  // namespace rb::bench
