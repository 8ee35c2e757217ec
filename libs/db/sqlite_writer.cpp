#include "db/sqlite_writer.hpp"

#include <algorithm>
#include <utility>

#include "db/bind.hpp"

namespace rb::db {
namespace {

constexpr std::size_t kGroupSize = 200;
constexpr auto kGroupTime = std::chrono::milliseconds(2);

}  // namespace

class SqliteWriter::Body final : public Transaction {
 public:
  Body(SqliteWriter& writer, std::shared_ptr<Unit> unit) : writer_(writer), unit_(std::move(unit)) {}

  Task<Rows> run(const Query& query, Params params) override {
    auto answer = std::make_shared<Answer>(writer_.loop_);
    writer_.add(unit_, query, in_order(query, std::move(params)), answer);
    writer_.send();
    co_return co_await Answer::take(std::move(answer));
  }

  void post(const Query& query, Params params) override {
    writer_.add(unit_, query, in_order(query, std::move(params)), nullptr);
  }

  // The body has ended well.
  void keep_on_commit() { unit_->on_commit = std::move(on_commit_); }

 private:
  SqliteWriter& writer_;
  std::shared_ptr<Unit> unit_;
};

SqliteWriter::SqliteWriter(net::Loop& loop, std::unique_ptr<SqliteConnection> connection)
    : loop_(loop), connection_(std::move(connection)), thread_([this] { work(); }) {}

SqliteWriter::~SqliteWriter() {
  queue_.close();
  thread_.join();
}

Task<> SqliteWriter::transaction(std::function<Task<>(Transaction&)> body) {
  co_await turn();
  auto unit = enter();
  std::exception_ptr thrown;
  try {
    Body open(*this, unit);
    co_await body(open);
    open.keep_on_commit();
  } catch (...) {
    thrown = std::current_exception();
  }
  leave(unit, thrown ? Operation::Kind::rollback : Operation::Kind::release);
  if (thrown) std::rethrow_exception(thrown);
  co_await unit->ended.wait();
  if (unit->failure) std::rethrow_exception(unit->failure);
}

Task<Rows> SqliteWriter::write(const Query& query, std::vector<Value> values) {
  co_await turn();
  auto unit = enter();
  auto answer = std::make_shared<Answer>(loop_);
  add(unit, query, std::move(values), answer);
  leave(unit, Operation::Kind::release);
  co_await unit->ended.wait();
  if (unit->failure) std::rethrow_exception(unit->failure);
  co_return std::move(answer->rows);
}

Task<> SqliteWriter::script(std::string sql) {
  co_await turn(true);
  auto answer = std::make_shared<Answer>(loop_);
  outgoing_.push_back({.kind = Operation::Kind::script, .sql = sql, .answer = answer});
  send();
  co_await answer->ready.wait();
  pass_turn();
  if (answer->failure) std::rethrow_exception(answer->failure);
}

Task<> SqliteWriter::drained() {
  if (!busy_) co_return;
  if (!idle_) idle_ = std::make_shared<net::Latch>(loop_);
  auto idle = idle_;
  co_await idle->wait();
}

Task<> SqliteWriter::turn(bool alone) {
  if (!std::exchange(busy_, true)) co_return;
  auto mine = std::make_shared<Turn>(loop_, alone);
  turns_.push_back(mine);
  try {
    co_await mine->granted.wait();
  } catch (...) {  // cancelled
    if (std::erase(turns_, mine) == 0) pass_turn();
    throw;
  }
}

void SqliteWriter::pass_turn() {
  bool full = group_.size() >= kGroupSize ||
              (!group_.empty() && std::chrono::steady_clock::now() - group_began_ >= kGroupTime);
  if (!turns_.empty() && (group_.empty() || (!full && !turns_.front()->alone))) {
    auto next = std::move(turns_.front());
    turns_.pop_front();
    return next->granted.open();
  }
  if (!group_.empty()) {
    outgoing_.push_back({.kind = Operation::Kind::commit});
    ++commits_;
    return send();
  }
  busy_ = false;
  if (auto idle = std::exchange(idle_, nullptr)) idle->open();
}

std::shared_ptr<SqliteWriter::Unit> SqliteWriter::enter() {
  if (group_.empty()) {
    group_began_ = std::chrono::steady_clock::now();
    outgoing_.push_back({.kind = Operation::Kind::begin});
  }
  auto unit = group_.emplace_back(std::make_shared<Unit>(loop_));
  outgoing_.push_back({.kind = Operation::Kind::savepoint});
  return unit;
}

void SqliteWriter::add(std::shared_ptr<Unit> unit, const Query& query, std::vector<Value> values,
                       std::shared_ptr<Answer> answer) {
  outgoing_.push_back({.kind = Operation::Kind::statement,
                       .unit = std::move(unit),
                       .name = query.name,
                       .sql = query.sqlite,
                       .values = std::move(values),
                       .answer = std::move(answer)});
}

void SqliteWriter::leave(std::shared_ptr<Unit> unit, Operation::Kind how) {
  outgoing_.push_back({.kind = how, .unit = std::move(unit)});
  ++transactions_;
  pass_turn();
}

void SqliteWriter::end_group(const std::exception_ptr& failure) {
  healthy_ = !failure;
  for (auto& unit : std::exchange(group_, {})) {
    if (failure) unit->failure = failure;
    if (!unit->failure) {
      for (const auto& done : unit->on_commit) done();
    }
    unit->ended.open();
  }
  pass_turn();
}

void SqliteWriter::send() { queue_.push(std::exchange(outgoing_, {})); }

void SqliteWriter::work() {
  while (auto batch = queue_.pop()) {
    for (auto& operation : *batch) perform(operation);
    bool ended = batch->back().kind == Operation::Kind::commit;
    std::vector<std::shared_ptr<Answer>> answers;
    for (auto& operation : *batch) {
      if (operation.answer) answers.push_back(std::move(operation.answer));
    }
    loop_.post([self = std::weak_ptr(self_), answers = std::move(answers), ended, failure = group_failure_] {
      for (const auto& answer : answers) answer->ready.open();
      if (auto writer = self.lock(); writer && ended) (*writer)->end_group(failure);
    });
  }
}

void SqliteWriter::perform(Operation& operation) {
  using Kind = Operation::Kind;
  if (operation.kind == Kind::begin) group_failure_ = nullptr;
  try {
    switch (operation.kind) {
      case Kind::script:
        return perform_script(operation);
      case Kind::statement:
        return perform_statement(operation);
      case Kind::commit:
        return perform_commit();
      default:
        break;
    }
    if (group_failure_) return;
    if (operation.kind == Kind::begin) connection_->run("begin", "begin immediate");
    if (operation.kind == Kind::savepoint) connection_->run("savepoint", "savepoint unit");
    if (operation.kind == Kind::rollback || (operation.kind == Kind::release && operation.unit->failure)) {
      connection_->run("rollback", "rollback to unit");
    }
    if (operation.kind == Kind::rollback || operation.kind == Kind::release) {
      connection_->run("release", "release unit");
    }
  } catch (...) {
    group_failure_ = std::current_exception();
  }
}

void SqliteWriter::perform_statement(Operation& operation) {
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

void SqliteWriter::perform_script(Operation& operation) {
  try {
    connection_->script(operation.sql);
  } catch (...) {
    operation.answer->failure = std::current_exception();
  }
  if (connection_->in_transaction()) connection_->run("rollback", "rollback");
}

void SqliteWriter::perform_commit() {
  try {
    if (!group_failure_) connection_->run("commit", "commit");
  } catch (...) {
    group_failure_ = std::current_exception();
  }
  if (connection_->in_transaction()) connection_->run("rollback", "rollback");
}

}  // namespace rb::db
