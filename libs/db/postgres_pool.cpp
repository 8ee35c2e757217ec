#include "db/postgres_pool.hpp"

#include <algorithm>
#include <utility>

#include "time/backoff.hpp"

namespace rb::db {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Backoff kPause{.first = std::chrono::milliseconds(100), .most = std::chrono::seconds(5)};
constexpr Micros kPingDeadline = std::chrono::seconds(1);

}  // namespace

PostgresPool::PostgresPool(net::Loop& loop, PostgresAddress address, const OpenOptions& settings)
    : loop_(loop), address_(std::move(address)), settings_(settings) {}

Task<PostgresPool::Lease> PostgresPool::acquire() {
  for (;;) {
    if (closed_) throw Unavailable("the database is closed");
    if (auto connection = take_idle()) co_return Lease(*this, std::move(connection));
    if (open_ < settings_.connections) {
      if (failures_ > 0 && Clock::now() < next_try_) throw Unavailable(last_refusal_);
      co_return Lease(*this, co_await connect(settings_.connect_deadline));
    }
    auto waiter = waiters_.emplace_back(std::make_shared<Waiter>(loop_));
    co_await waiter->woken.wait();
    if (waiter->connection) co_return Lease(*this, std::move(waiter->connection));
  }
}

Task<bool> PostgresPool::ping() {
  if (closed_) co_return false;
  auto connection = take_idle();
  if (!connection && open_ >= settings_.connections) co_return available_;  // all at work
  try {
    if (!connection) connection = co_await connect(kPingDeadline);
    Lease lease(*this, std::move(connection));
    co_await lease->exchange({{"ping", "select 1"}}, kPingDeadline);
    co_return true;
  } catch (const Broken&) {
    co_return false;
  }
}

Task<> PostgresPool::close() {
  closed_ = true;
  open_ -= idle();
  idle_.clear();
  for (auto& waiter : std::exchange(waiters_, {})) waiter->woken.open();
  if (open_ == 0) co_return;
  if (!all_back_) all_back_ = std::make_shared<net::Latch>(loop_);
  auto all_back = all_back_;
  co_await all_back->wait();
}

std::unique_ptr<PostgresConnection> PostgresPool::take_idle() {
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->usable()) return connection;
    --open_;
  }
  return nullptr;
}

Task<std::unique_ptr<PostgresConnection>> PostgresPool::connect(Micros deadline) {
  ++open_;
  try {
    auto connection =
        co_await PostgresConnection::open(loop_, address_, deadline, settings_.statement_deadline);
    available_ = true;
    failures_ = 0;
    co_return connection;
  } catch (const Unavailable& refusal) {
    available_ = false;
    last_refusal_ = refusal.what();
    next_try_ = Clock::now() + kPause.delay(++failures_, random_unit());
    one_less();
    throw;
  } catch (...) {
    one_less();
    throw;
  }
}

void PostgresPool::give_back(std::unique_ptr<PostgresConnection> connection) {
  if (!connection->usable() || connection->in_transaction() || closed_) {
    if (!closed_) available_ = false;
    connection.reset();
    return one_less();
  }
  available_ = true;
  if (waiters_.empty()) return idle_.push_back(std::move(connection));
  auto next = std::move(waiters_.front());
  waiters_.pop_front();
  next->connection = std::move(connection);
  next->woken.open();
}

void PostgresPool::one_less() {
  --open_;
  if (all_back_ && open_ == 0) all_back_->open();
  if (waiters_.empty()) return;
  auto next = std::move(waiters_.front());
  waiters_.pop_front();
  next->woken.open();
}

}  // namespace rb::db
