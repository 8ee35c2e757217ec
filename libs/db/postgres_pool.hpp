#pragma once
// A few connections, opened when they are needed and handed out in the order of asking. After a failed
// attempt to connect, further ones wait for a growing pause; until it is over, acquire() throws Unavailable
// at once. Loop thread only.
#include <deque>

#include "db/open.hpp"
#include "db/postgres_connection.hpp"
#include "net/latch.hpp"

namespace rb::db {

class PostgresPool {
 public:
  // A connection for one user; goes back by itself.
  class Lease {
   public:
    Lease(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    ~Lease() {
      if (connection_) pool_->give_back(std::move(connection_));
    }
    PostgresConnection* operator->() const { return connection_.get(); }
    PostgresConnection& operator*() const { return *connection_; }

   private:
    PostgresPool* pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  PostgresPool(net::Loop& loop, PostgresAddress address, const OpenOptions& settings);

  Task<Lease> acquire();
  Task<bool> ping();  // now, also during the pause
  Task<> close();     // when all have come back

  int open() const { return open_; }
  int idle() const { return static_cast<int>(idle_.size()); }
  std::int64_t waiting() const { return static_cast<std::int64_t>(waiters_.size()); }
  bool available() const { return available_ && !closed_; }

 private:
  struct Waiter {
    explicit Waiter(net::Loop& loop) : woken(loop) {}
    net::Latch woken;
    std::unique_ptr<PostgresConnection> connection;  // none: one may be opened
  };

  std::unique_ptr<PostgresConnection> take_idle();
  Task<std::unique_ptr<PostgresConnection>> connect(Micros deadline);
  void give_back(std::unique_ptr<PostgresConnection> connection);
  void one_less();

  net::Loop& loop_;
  PostgresAddress address_;
  OpenOptions settings_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  std::deque<std::shared_ptr<Waiter>> waiters_;
  int open_ = 0;  // idle, leased and being opened
  bool available_ = false, closed_ = false;
  std::shared_ptr<net::Latch> all_back_;
  int failures_ = 0;
  std::chrono::steady_clock::time_point next_try_;
  std::string last_refusal_;
};

}  // namespace rb::db
