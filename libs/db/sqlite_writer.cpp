#include "db/sqlite_writer.hpp"

#include <algorithm>
#include <utility>

#include "db/bind.hpp"

namespace rb::db {
namespace {

constexpr std::size_t kGroupSize = 200;
constexpr int kLongLog = 4000;  // pages: 16 MB
constexpr auto kGroupTime = std::chrono::milliseconds(2);

}  // namespace

class SqliteWriter::Body final : public Transaction {
 public:
  Body(SqliteWriter& writer, std::shared_ptr<Unit> unit) : writer_(writer), unit_(std::move(unit)) {}

  Task<Rows> run(const Query& query, Params params) override {
    auto answer = std::make_shared<Answer>(writer_.loop_);
    writer_.add(unit_, query, in_order(query, std::move(params)), answer);
    auto began = FairShare::Clock::now();
    if (!writer_.perform_here()) writer_.send();
    if (writer_.share_.used_up(began)) co_await writer_.share_.go_round();
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

SqliteWriter::SqliteWriter(net::Loop& loop, std::unique_ptr<SqliteConnection> connection,
                           SqliteReaders& readers)
    : loop_(loop), readers_(readers), operations_(std::move(connection)), thread_([this] { work(); }) {}

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

// A reader's thread copies most of the log while commits go on; what they added meanwhile is little, and the
// writer copies it between two commits, so that the log can begin anew.
void SqliteWriter::fold_log(int pages) {
  if (folding_ && folding_->ready.is_open()) {
    folding_.reset();
    outgoing_.push_back({.kind = Operation::Kind::fold});
    send();
  } else if (!folding_ && pages >= kLongLog) {
    folding_ = readers_.start(kFoldLog, {});
  }
}

bool SqliteWriter::perform_here() {
  if (away_ > 0 || !operations_.quick(outgoing_)) return false;
  for (auto& operation : std::exchange(outgoing_, {})) {
    operations_.perform(operation);
    if (operation.answer) operation.answer->ready.open();
  }
  return true;
}

void SqliteWriter::send() {
  ++away_;
  queue_.push(std::exchange(outgoing_, {}));
}

void SqliteWriter::work() {
  while (auto batch = queue_.pop()) {
    for (auto& operation : *batch) operations_.perform(operation);
    // The whole batch goes back: what transactions hold belongs to the loop and ends there.
    loop_.post([self = std::weak_ptr(self_), batch = std::move(*batch), failure = operations_.group_failure(),
                pages = operations_.log_pages()] {
      auto writer = self.lock();
      if (!writer) return;
      --(*writer)->away_;
      for (const auto& operation : batch)
        if (operation.answer) operation.answer->ready.open();
      if (batch.back().kind != Operation::Kind::commit) return;
      (*writer)->fold_log(pages);
      (*writer)->end_group(failure);
    });
  }
}

}  // namespace rb::db
