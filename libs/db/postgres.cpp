#include "db/postgres.hpp"

#include <utility>

#include "db/bind.hpp"
#include "db/postgres_pool.hpp"

namespace rb::db {
namespace {

using Statement = PostgresConnection::Statement;

constexpr int kTries = 3;  // of a transaction that collided with another one

Statement statement(const Query& query, Params params) {
  return {query.name, query.postgres, in_order(query, std::move(params))};
}

// BEGIN and what is posted travel with the next statement that is waited for.
class PostgresTransaction final : public Transaction {
 public:
  explicit PostgresTransaction(PostgresConnection& connection) : connection_(connection) {}

  Task<Rows> run(const Query& query, Params params) override {
    post(query, std::move(params));
    co_return co_await send();
  }

  void post(const Query& query, Params params) override {
    if (unsent_.empty() && !begun_) unsent_.push_back({"begin", "begin"});
    unsent_.push_back(statement(query, std::move(params)));
  }

  Task<> commit() {
    if (failure_) std::rethrow_exception(failure_);
    if (begun_ || !unsent_.empty()) {
      unsent_.push_back({"commit", "commit"});
      co_await send();
    }
    for (auto& done : on_commit_) done();
  }

  Task<> rollback() {
    if (!connection_.usable() || !connection_.in_transaction()) co_return;  // the pool drops a broken one
    std::vector<Statement> statements;
    statements.push_back({"rollback", "rollback"});
    co_await connection_.exchange(std::move(statements));
  }

 private:
  Task<Rows> send() {
    if (failure_) std::rethrow_exception(failure_);
    begun_ = true;
    try {
      co_return co_await connection_.exchange(std::exchange(unsent_, {}));
    } catch (...) {
      failure_ = std::current_exception();
      throw;
    }
  }

  PostgresConnection& connection_;
  std::vector<Statement> unsent_;
  bool begun_ = false;
  std::exception_ptr failure_;
};

bool collided(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Collision&) {
    return true;
  } catch (...) {
    return false;
  }
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(net::Loop& loop, const OpenOptions& settings)
      : pool_(loop, parse_postgres_url(settings.url), settings) {}

  Task<> connect() { co_await pool_.acquire(); }

  Task<Rows> read(const Query& query, Params params) override {
    std::vector<Statement> statements;
    statements.push_back(statement(query, std::move(params)));
    auto lease = co_await pool_.acquire();
    co_return co_await lease->exchange(std::move(statements));
  }

  Task<Rows> write(const Query& query, Params params) override {
    for (int attempt = 1;; ++attempt) {
      ++transactions_;
      try {
        auto rows = co_await read(query, params);
        ++commits_;
        co_return rows;
      } catch (const Collision&) {
        if (attempt == kTries) throw;
      }
    }
  }

  Task<> transaction(std::function<Task<>(Transaction&)> body) override {
    for (int attempt = 1;; ++attempt) {
      auto lease = co_await pool_.acquire();
      auto failure = co_await once(*lease, body);
      ++transactions_;
      if (!failure) {
        ++commits_;
        co_return;
      }
      if (attempt == kTries || !collided(failure)) std::rethrow_exception(failure);
    }
  }

  Task<> script(std::string sql) override {
    auto lease = co_await pool_.acquire();
    co_await lease->script(std::move(sql));
  }

  bool is_postgres() const override { return true; }
  bool available() const override { return pool_.available(); }
  Task<bool> ping() override { return pool_.ping(); }

  Stats stats() const override {
    return {.connections = pool_.open(),
            .idle = pool_.idle(),
            .waiting = pool_.waiting(),
            .transactions = transactions_,
            .commits = commits_};
  }

  Task<> close() override { return pool_.close(); }

 private:
  static Task<std::exception_ptr> once(PostgresConnection& connection,
                                       const std::function<Task<>(Transaction&)>& body) {
    PostgresTransaction transaction(connection);
    std::exception_ptr failure;
    try {
      co_await body(transaction);
      co_await transaction.commit();
    } catch (...) {
      failure = std::current_exception();
    }
    if (failure) co_await transaction.rollback();
    co_return failure;
  }

  PostgresPool pool_;
  std::int64_t transactions_ = 0, commits_ = 0;
};

}  // namespace

Task<std::unique_ptr<Database>> open_postgres(net::Loop& loop, OpenOptions settings) {
  auto database = std::make_unique<PostgresDatabase>(loop, settings);
  co_await database->connect();
  co_return database;
}

}  // namespace rb::db
