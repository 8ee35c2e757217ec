#include "db/sqlite_readers.hpp"

namespace rb::db {

SqliteReaders::SqliteReaders(net::Loop& loop, std::unique_ptr<SqliteConnection> here,
                             std::vector<std::unique_ptr<SqliteConnection>> threads)
    : loop_(loop), here_(std::move(here)), connections_(std::move(threads)) {
  here_->wait_for_locks(false);
  for (auto& connection : connections_) {
    threads_.emplace_back([this, &connection] { work(*connection); });
  }
}

SqliteReaders::~SqliteReaders() {
  queue_.close();
  for (auto& thread : threads_) thread.join();
}

Task<Rows> SqliteReaders::read(const Query& query, std::vector<Value> values) {
  auto began = FairShare::Clock::now();
  auto rows = read_here(query, values);
  auto answer = rows ? nullptr : start(query, std::move(values));
  ++running_;
  if (share_.used_up(began)) co_await share_.go_round();
  if (answer) {
    co_await answer->ready.wait();
    here_->call_quick(query.sqlite, answer->quick);
  }
  if (--running_ == 0 && idle_) idle_->open();  // we may end with the next turn of the loop
  if (rows) co_return std::move(*rows);
  co_return co_await Answer::take(std::move(answer));
}

Task<> SqliteReaders::drained() {
  if (running_ == 0) co_return;
  if (!idle_) idle_ = std::make_shared<net::Latch>(loop_);
  auto idle = idle_;
  co_await idle->wait();
}

std::shared_ptr<Answer> SqliteReaders::start(const Query& query, std::vector<Value> values) {
  auto answer = std::make_shared<Answer>(loop_);
  queue_.push({query.name, query.sqlite, std::move(values), answer});
  return answer;
}

std::optional<Rows> SqliteReaders::read_here(const Query& query, const std::vector<Value>& values) {
  if (!here_->was_quick(query.sqlite).value_or(true)) return std::nullopt;
  try {
    return here_->run(query.name, query.sqlite, values);
  } catch (const Unavailable&) {  // too long, or locked for a moment
    return std::nullopt;
  }
}

void SqliteReaders::work(SqliteConnection& connection) {
  while (auto read = queue_.pop()) {
    auto answer = std::move(read->answer);
    try {
      answer->rows = connection.run(read->name, read->sql, read->values);
      answer->quick = connection.was_quick(read->sql).value_or(false);
    } catch (...) {
      answer->failure = std::current_exception();
    }
    loop_.post([answer = std::move(answer)] { answer->ready.open(); });
  }
}

}  // namespace rb::db
