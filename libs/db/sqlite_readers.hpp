#pragma once
// Read-only connections; every read sees what was committed before it. A read runs on the loop itself as long
// as it takes no more than a millisecond; one that takes longer is broken off and runs on a thread, and goes
// there at once the next time.
#include <thread>

#include "db/answer.hpp"
#include "db/fair_share.hpp"
#include "db/sqlite_connection.hpp"
#include "net/work_queue.hpp"

namespace rb::db {

class SqliteReaders {
 public:
  // `here` is the loop's own and has kReadHere as its deadline.
  static constexpr Micros kReadHere = std::chrono::milliseconds(1);
  SqliteReaders(net::Loop& loop, std::unique_ptr<SqliteConnection> here,
                std::vector<std::unique_ptr<SqliteConnection>> threads);
  ~SqliteReaders();

  Task<Rows> read(const Query& query, std::vector<Value> values);
  std::shared_ptr<Answer> start(const Query& query, std::vector<Value> values);  // on a thread
  Task<> drained();  // when no read() is under way
  int size() const { return static_cast<int>(threads_.size()); }
  int running() const { return running_; }  // reads that run or wait

 private:
  struct Read {
    std::string_view name;
    std::string_view sql;
    std::vector<Value> values;
    std::shared_ptr<Answer> answer;
  };
  std::optional<Rows> read_here(const Query& query, const std::vector<Value>& values);
  void work(SqliteConnection& connection);

  net::Loop& loop_;
  FairShare share_{loop_};
  int running_ = 0;
  std::shared_ptr<net::Latch> idle_;  // somebody waits until none runs
  net::WorkQueue<Read> queue_;
  std::unique_ptr<SqliteConnection> here_;
  std::vector<std::unique_ptr<SqliteConnection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace rb::db
