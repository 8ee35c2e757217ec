#pragma once
// Threads with a read-only connection each; every read sees what was committed before it.
#include <thread>

#include "db/answer.hpp"
#include "db/sqlite_connection.hpp"
#include "net/work_queue.hpp"

namespace rb::db {

class SqliteReaders {
 public:
  SqliteReaders(net::Loop& loop, std::vector<std::unique_ptr<SqliteConnection>> connections);
  ~SqliteReaders();

  Task<Rows> read(const Query& query, std::vector<Value> values);
  int size() const { return static_cast<int>(threads_.size()); }
  int running() const { return running_; }  // reads that run or wait

 private:
  struct Read {
    std::string_view name;
    std::string_view sql;
    std::vector<Value> values;
    std::shared_ptr<Answer> answer;
  };
  void work(SqliteConnection& connection);

  net::Loop& loop_;
  int running_ = 0;
  net::WorkQueue<Read> queue_;
  std::vector<std::unique_ptr<SqliteConnection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace rb::db
