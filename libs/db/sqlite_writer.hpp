#pragma once
// The only writer of a SQLite file. Transactions run one after the other, each in a savepoint; those that are
// ready together share one COMMIT, which is what costs a disk flush. The loop decides what happens, the
// writer's thread does it: operations travel in batches, so a transaction that only posts costs no wait of
// its own. Members belong to the loop's thread unless said otherwise.
#include <deque>
#include <thread>

#include "db/answer.hpp"
#include "db/sqlite_connection.hpp"
#include "net/work_queue.hpp"

namespace rb::db {

class SqliteWriter {
 public:
  SqliteWriter(net::Loop& loop, std::unique_ptr<SqliteConnection> connection);
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
  // One transaction. Until its group has ended, `failure` is the thread's.
  struct Unit {
    explicit Unit(net::Loop& loop) : ended(loop) {}
    std::exception_ptr failure;
    std::vector<std::function<void()>> on_commit;
    net::Latch ended;  // durable, or failed
  };
  struct Turn {
    Turn(net::Loop& loop, bool a) : granted(loop), alone(a) {}
    net::Latch granted;
    bool alone;  // not inside a group
  };
  struct Operation {
    enum class Kind { begin, savepoint, statement, release, rollback, commit, script };
    Kind kind;
    std::shared_ptr<Unit> unit = nullptr;
    std::string_view name = {};
    std::string_view sql = {};  // of a Query or of the waiting script()
    std::vector<Value> values = {};
    std::shared_ptr<Answer> answer = nullptr;  // none: posted
  };
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

  // On the thread.
  void work();
  void perform(Operation& operation);
  void perform_statement(Operation& operation);
  void perform_script(Operation& operation);
  void perform_commit();

  net::Loop& loop_;
  std::deque<std::shared_ptr<Turn>> turns_;
  bool busy_ = false;  // somebody has the turn, or a commit is under way
  std::vector<std::shared_ptr<Unit>> group_;
  std::chrono::steady_clock::time_point group_began_;
  Batch outgoing_;
  std::shared_ptr<net::Latch> idle_;
  std::int64_t transactions_ = 0, commits_ = 0;
  bool healthy_ = true;
  std::shared_ptr<SqliteWriter*> self_ = std::make_shared<SqliteWriter*>(this);  // dies with the writer

  std::unique_ptr<SqliteConnection> connection_;  // the thread's
  std::exception_ptr group_failure_;              // the thread's
  net::WorkQueue<Batch> queue_;
  std::thread thread_;
};

}  // namespace rb::db
