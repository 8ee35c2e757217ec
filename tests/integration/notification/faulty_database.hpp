#pragma once
// A database that is away for one statement, when a test wants it.
#include "db/database.hpp"

namespace rb::notification {

class FaultyDatabase final : public db::Database {
 public:
  explicit FaultyDatabase(db::Database& real) : real_(real) {}

  std::string refuse_once;  // the name of a statement; "": none

  Task<db::Rows> read(const db::Query& query, db::Params params) override {
    if (query.name == refuse_once) {
      refuse_once.clear();
      throw Unavailable("the test wants it so");
    }
    co_return co_await real_.read(query, std::move(params));
  }
  Task<> transaction(std::function<Task<>(db::Transaction&)> body) override {
    return real_.transaction(std::move(body));
  }
  Task<db::Rows> write(const db::Query& query, db::Params params) override {
    return real_.write(query, std::move(params));
  }
  Task<> script(std::string sql) override { return real_.script(std::move(sql)); }
  bool is_postgres() const override { return real_.is_postgres(); }
  bool available() const override { return real_.available(); }
  Task<bool> ping() override { return real_.ping(); }
  Stats stats() const override { return real_.stats(); }
  Task<> close() override { return real_.close(); }

 private:
  db::Database& real_;
};

}  // namespace rb::notification
