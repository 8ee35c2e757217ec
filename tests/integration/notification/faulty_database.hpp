#pragma once
// A database that is away for some statements, or slow, as a test wants it.
#include <functional>
#include <string_view>

#include "db/database.hpp"

namespace rb::notification {

class FaultyDatabase final : public db::Database {
 public:
  explicit FaultyDatabase(db::Database& real) : real_(real) {}

  // Called with the name of each statement outside transactions; may throw Unavailable.
  std::function<void(std::string_view)> before = [](std::string_view) {};

  Task<db::Rows> read(const db::Query& query, db::Params params) override {
    before(query.name);
    return real_.read(query, std::move(params));
  }
  Task<> transaction(std::function<Task<>(db::Transaction&)> body) override {
    return real_.transaction(std::move(body));
  }
  Task<db::Rows> write(const db::Query& query, db::Params params) override {
    before(query.name);
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
