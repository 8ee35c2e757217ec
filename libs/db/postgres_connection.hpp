#pragma once
// One connection to PostgreSQL by libpq without blocking, in pipeline mode: statements travel together and
// are prepared once. Loop thread only, one exchange at a time. A lost connection and a passed deadline throw
// Unavailable and leave the connection unusable.
#include <libpq-fe.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"
#include "db/postgres_address.hpp"
#include "db/postgres_result.hpp"
#include "net/latch.hpp"
#include "net/loop.hpp"

namespace rb::db {

class PostgresConnection {
 public:
  struct Statement {
    std::string_view name;  // for error messages
    std::string_view sql;
    std::vector<Value> values = {};
  };

  static Task<std::unique_ptr<PostgresConnection>> open(net::Loop& loop, const PostgresAddress& address,
                                                        Micros connect_deadline, Micros statement_deadline);
  ~PostgresConnection();

  // All of them in one go; the rows of the last. The first that fails is thrown, the rest is not done.
  Task<Rows> exchange(std::vector<Statement> statements);
  Task<Rows> exchange(std::vector<Statement> statements, Micros deadline);
  Task<> script(std::string sql);

  bool usable();  // looks whether the server has hung up
  bool in_transaction() const;

 private:
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Sent {
    std::string_view name;
    std::string_view sql;
    bool prepare;
  };
  struct Reply;

  PostgresConnection(net::Loop& loop, std::string where, Micros connect_deadline, Micros statement_deadline);
  Task<> connect(const PostgresAddress& address);
  Task<> wait_while_connecting(PostgresPollingStatusType what);
  std::vector<Sent> send(const std::vector<Statement>& statements);
  void send_one(const Statement& statement, std::vector<Sent>& sent);
  Task<Rows> receive(std::vector<Sent> sent);
  void look(const PGresult& result, const Sent& sent, Reply& reply);
  Task<> plain(std::string sql);
  Task<PostgresResult> next_result();
  Task<> wait_for_answer();
  Task<> wait(bool also_write);
  void start_clock(Micros allowed);
  void arm();
  [[noreturn]] void lost(std::string_view how);

  net::Loop& loop_;
  std::string where_;
  Micros connect_allowed_, allowed_;
  std::unique_ptr<PGconn, Close> connection_;
  std::shared_ptr<boost::asio::posix::stream_descriptor> socket_;
  boost::asio::steady_timer timer_;
  std::chrono::steady_clock::time_point deadline_;
  bool armed_ =
      false;  // the timer runs; it is set again when it fires too early, which spares setting it each time
  std::shared_ptr<PostgresConnection*> self_ = std::make_shared<PostgresConnection*>(this);  // dies with us
  bool busy_ = false;                                      // an exchange is under way, or broke off
  std::unordered_map<std::string, std::string> prepared_;  // text → name on the server
  std::int64_t names_ = 0;
};

}  // namespace rb::db
