#include "db/sqlite_readers.hpp"

namespace rb::db {

SqliteReaders::SqliteReaders(net::Loop& loop, std::vector<std::unique_ptr<SqliteConnection>> connections)
    : loop_(loop), connections_(std::move(connections)) {
  for (auto& connection : connections_) {
    threads_.emplace_back([this, &connection] { work(*connection); });
  }
}

SqliteReaders::~SqliteReaders() {
  queue_.close();
  for (auto& thread : threads_) thread.join();
}

Task<Rows> SqliteReaders::read(const Query& query, std::vector<Value> values) {
  auto answer = std::make_shared<Answer>(loop_);
  queue_.push({query.name, query.sqlite, std::move(values), answer});
  ++running_;
  co_await answer->ready.wait();
  --running_;
  co_return co_await Answer::take(std::move(answer));
}

void SqliteReaders::work(SqliteConnection& connection) {
  while (auto read = queue_.pop()) {
    auto answer = std::move(read->answer);
    try {
      answer->rows = connection.run(read->name, read->sql, read->values);
    } catch (...) {
      answer->failure = std::current_exception();
    }
    loop_.post([answer = std::move(answer)] { answer->ready.open(); });
  }
}

}  // namespace rb::db
