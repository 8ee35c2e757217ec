#pragma once
// The only writer of a SQLite file. Transactions run one after the other, each in a savepoint; those that are
// ready together share one COMMIT, which is what costs a disk flush. The loop decides what happens, the
// writer's thread does it: operations travel in batches, so a transaction that only posts costs no wait of
// its own. Members belong to the loop's thread unless said otherwise.
#include <deque>
#include <thread>

#include "db/sqlite_operations.hpp"
#include "db/sqlite_readers.hpp"
#include "net/work_queue.hpp"

namespace rb::db {

class SqliteWriter {
 public:
  SqliteWriter(net::Loop& loop, std::unique_ptr<SqliteConnection> connection, SqliteReaders& readers);
  ~SqliteWriter();

  Task<> transaction(std::function<Task<>(Transaction&)> body);
  Task<Rows> write(const Query& query, std::vector<Value> values);
  Task<> script(std::string sql);  // outside any group
  Task<> drained();                // when nothing runs or waits

  std::int64_t transactions() const { return transactions_; }
  std::int64_t commits() const { return commits_; }
  std::int64_t waiting() const { return static_cast<std::int64_t>(turns_.size()); }
  bool busy() const { return busy_; }
  bool healthy() const { return healthy_; }  // the last commit succeeded

 private:
  struct Turn {
    Turn(net::Loop& loop, bool a) : granted(loop), alone(a) {}
    net::Latch granted;
    bool alone;  // not inside a group
  };
  using Unit = SqliteUnit;
  using Operation = SqliteOperation;
  using Batch = std::vector<Operation>;
  class Body;

  Task<> turn(bool alone = false);
  void pass_turn();
  std::shared_ptr<Unit> enter();
  void add(std::shared_ptr<Unit> unit, const Query& query, std::vector<Value> values,
           std::shared_ptr<Answer> answer);
  void leave(std::shared_ptr<Unit> unit, Operation::Kind how);
  void end_group(const std::exception_ptr& failure);
  void send();

  void fold_log(int pages);
  bool perform_here();
  void work();  // on the thread

  net::Loop& loop_;
  SqliteReaders& readers_;
  std::shared_ptr<Answer> folding_;  // a reader's thread is at it
  FairShare share_{loop_};
  std::deque<std::shared_ptr<Turn>> turns_;
  bool busy_ = false;  // somebody has the turn, or a commit is under way
  std::vector<std::shared_ptr<Unit>> group_;
  std::chrono::steady_clock::time_point group_began_;
  Batch outgoing_;
  std::shared_ptr<net::Latch> idle_;
  std::int64_t transactions_ = 0, commits_ = 0;
  bool healthy_ = true;
  std::shared_ptr<SqliteWriter*> self_ = std::make_shared<SqliteWriter*>(this);  // dies with the writer

  int away_ = 0;                 // batches that the thread has; until they are back, `operations_` is its own
  SqliteOperations operations_;  // the loop's while nothing is away
  net::WorkQueue<Batch> queue_;
  std::thread thread_;
};

}  // namespace rb::db
