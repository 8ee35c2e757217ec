#include "db/postgres_connection.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/strings.hpp"
#include "db/postgres_resolve.hpp"

namespace rb::db {
namespace {

namespace asio = boost::asio;
using Socket = asio::posix::stream_descriptor;
using Clock = std::chrono::steady_clock;

constexpr Micros kGrace =
    std::chrono::seconds(1);  // the server's own deadline comes first, with a better word
constexpr Micros kScriptDeadline = std::chrono::minutes(10);

// Not cut short by cancellation: an answer that is not read would be taken for the next one's.
constexpr auto uncancelled() {
  return asio::bind_cancellation_slot(asio::cancellation_slot(), asio::as_tuple(asio::use_awaitable));
}

// The text form of a value; null stays without one.
std::optional<std::string> text_of(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::to_string(*number);
  if (const auto* real = std::get_if<double>(&value)) return fmt::to_string(*real);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return std::nullopt;
}

std::string milliseconds(Micros time) { return fmt::format("{}", time.count() / 1000); }

}  // namespace

PostgresConnection::PostgresConnection(net::Loop& loop, std::string where, Micros connect_deadline,
                                       Micros statement_deadline)
    : loop_(loop),
      where_(std::move(where)),
      connect_allowed_(connect_deadline),
      allowed_(statement_deadline),
      timer_(loop.context()) {}

PostgresConnection::~PostgresConnection() {
  if (socket_ && socket_->is_open()) socket_->release();  // libpq closes it
}

Task<std::unique_ptr<PostgresConnection>> PostgresConnection::open(net::Loop& loop,
                                                                   const PostgresAddress& address,
                                                                   Micros connect_deadline,
                                                                   Micros statement_deadline) {
  std::unique_ptr<PostgresConnection> self(
      new PostgresConnection(loop, address.where(), connect_deadline, statement_deadline));
  co_await self->connect(address);
  co_return self;
}

Task<> PostgresConnection::connect(const PostgresAddress& address) {
  start_clock(connect_allowed_);
  auto parameters = (co_await resolved(loop_, address, connect_allowed_)).parameters;
  parameters["client_encoding"] = "UTF8";
  parameters.try_emplace("application_name", "repitbot");
  parameters["options"] += " -c statement_timeout=" + milliseconds(allowed_);
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : parameters) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  connection_.reset(PQconnectStartParams(keywords.data(), values.data(), 0));
  auto* connection = connection_.get();
  auto state = PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING) {
    co_await wait_while_connecting(state);
    state = PQconnectPoll(connection);
  }
  if (state != PGRES_POLLING_OK) throw Unavailable(refusal(address, PQerrorMessage(connection)));
  PQsetnonblocking(connection, 1);
  PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  PQenterPipelineMode(connection);
  socket_ = std::make_shared<Socket>(loop_.context(), PQsocket(connection));
}

// libpq may go on to another socket between two looks: each gets a descriptor of its own.
Task<> PostgresConnection::wait_while_connecting(PostgresPollingStatusType what) {
  socket_ = std::make_shared<Socket>(loop_.context(), PQsocket(connection_.get()));
  co_await socket_->async_wait(what == PGRES_POLLING_READING ? Socket::wait_read : Socket::wait_write,
                               uncancelled());
  socket_->release();
  if (Clock::now() >= deadline_) {
    throw Unavailable(
        fmt::format("{} cannot be reached: no answer within {} ms", where_, milliseconds(connect_allowed_)));
  }
}

Task<Rows> PostgresConnection::exchange(std::vector<Statement> statements) {
  co_return co_await exchange(std::move(statements), allowed_ + kGrace);
}

Task<Rows> PostgresConnection::exchange(std::vector<Statement> statements, Micros deadline) {
  start_clock(deadline);
  co_return co_await receive(send(statements));
}

std::vector<PostgresConnection::Sent> PostgresConnection::send(const std::vector<Statement>& statements) {
  std::vector<Sent> sent;
  for (const auto& statement : statements) send_one(statement, sent);
  if (PQpipelineSync(connection_.get()) != 1) lost(PQerrorMessage(connection_.get()));
  return sent;
}

void PostgresConnection::send_one(const Statement& statement, std::vector<Sent>& sent) {
  auto [kept, unknown] = prepared_.try_emplace(std::string(statement.sql));
  if (unknown) {
    kept->second = fmt::format("s{}", ++names_);
    if (PQsendPrepare(connection_.get(), kept->second.c_str(), kept->first.c_str(), 0, nullptr) != 1) {
      lost(PQerrorMessage(connection_.get()));
    }
    sent.push_back({statement.name, statement.sql, true});
  }
  std::vector<std::optional<std::string>> texts;
  texts.reserve(statement.values.size());
  std::vector<const char*> values;
  for (const auto& value : statement.values) {
    const auto& text = texts.emplace_back(text_of(value));
    values.push_back(text ? text->c_str() : nullptr);
  }
  if (PQsendQueryPrepared(connection_.get(), kept->second.c_str(), static_cast<int>(values.size()),
                          values.data(), nullptr, nullptr, 0) != 1) {
    lost(PQerrorMessage(connection_.get()));
  }
  sent.push_back({statement.name, statement.sql, false});
}

struct PostgresConnection::Reply {
  Rows rows;
  std::exception_ptr failure;
};

Task<Rows> PostgresConnection::receive(std::vector<Sent> sent) {
  Reply reply;
  for (const auto& one : sent) {
    while (auto result = co_await next_result()) look(*result, one, reply);
  }
  co_await next_result();  // of the Sync
  busy_ = false;
  if (reply.failure) std::rethrow_exception(reply.failure);
  co_return std::move(reply.rows);
}

void PostgresConnection::look(const PGresult& result, const Sent& sent, Reply& reply) {
  switch (PQresultStatus(&result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
      if (!sent.prepare) reply.rows = rows_of(result);
      return;
    case PGRES_PIPELINE_ABORTED:  // something before it failed
      if (sent.prepare) prepared_.erase(std::string(sent.sql));
      return;
    default:
      if (sent.prepare || statement_is_stale(result)) prepared_.erase(std::string(sent.sql));
      if (!reply.failure) reply.failure = failure_of(result, sent.name);
  }
}

Task<> PostgresConnection::script(std::string sql) {
  PQexitPipelineMode(connection_.get());
  co_await plain("set statement_timeout = 0");
  std::exception_ptr failure;
  try {
    co_await plain(std::move(sql));
  } catch (const Broken&) {
    failure = std::current_exception();
  }
  if (busy_) std::rethrow_exception(failure);
  if (in_transaction()) co_await plain("rollback");
  co_await plain("reset statement_timeout");
  PQenterPipelineMode(connection_.get());
  if (failure) std::rethrow_exception(failure);
}

Task<> PostgresConnection::plain(std::string sql) {
  start_clock(kScriptDeadline);
  if (PQsendQuery(connection_.get(), sql.c_str()) != 1) lost(PQerrorMessage(connection_.get()));
  std::exception_ptr failure;
  while (auto result = co_await next_result()) {
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR && !failure)
      failure = failure_of(*result, "script");
  }
  busy_ = false;
  if (failure) std::rethrow_exception(failure);
}

Task<PostgresResult> PostgresConnection::next_result() {
  while (PQisBusy(connection_.get()) != 0) co_await wait_for_answer();
  PostgresResult result(PQgetResult(connection_.get()));
  if (PQstatus(connection_.get()) == CONNECTION_BAD) lost(PQerrorMessage(connection_.get()));
  co_return std::move(result);
}

Task<> PostgresConnection::wait_for_answer() {
  auto unsent = PQflush(connection_.get());
  if (unsent < 0) lost(PQerrorMessage(connection_.get()));
  co_await wait(unsent > 0);
  if (Clock::now() >= deadline_) lost("no answer in time");
  if (PQconsumeInput(connection_.get()) != 1) lost(PQerrorMessage(connection_.get()));
}

// Both at once when the server will not read before we do.
Task<> PostgresConnection::wait(bool also_write) {
  if (!also_write) {
    co_await socket_->async_wait(Socket::wait_read, uncancelled());
    co_return;
  }
  auto ready = std::make_shared<net::Latch>(loop_);
  auto open = [ready](const boost::system::error_code&) { ready->open(); };
  socket_->async_wait(Socket::wait_read, open);
  socket_->async_wait(Socket::wait_write, open);
  co_await ready->wait();
  socket_->cancel();
}

void PostgresConnection::start_clock(Micros allowed) {
  busy_ = true;
  deadline_ = Clock::now() + allowed;
  if (!armed_ || deadline_ < timer_.expiry()) arm();
}

void PostgresConnection::arm() {
  armed_ = true;
  timer_.expires_at(deadline_);
  timer_.async_wait([this, self = std::weak_ptr(self_)](const boost::system::error_code& error) {
    if (error || self.expired()) return;
    armed_ = false;
    if (!busy_) return;
    if (Clock::now() < deadline_) return arm();
    if (socket_ && socket_->is_open()) socket_->cancel();
  });
}

void PostgresConnection::lost(std::string_view how) {
  throw Unavailable(fmt::format("the connection to {} was lost: {}", where_, trim(how)));
}

bool PostgresConnection::usable() {
  if (busy_) return false;
  // The first look may read the server's farewell, the second finds the end behind it.
  return PQconsumeInput(connection_.get()) == 1 && PQconsumeInput(connection_.get()) == 1;
}

bool PostgresConnection::in_transaction() const {
  return PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
}

}  // namespace rb::db
