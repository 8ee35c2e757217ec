#pragma once
// Work that is done on the loop itself never waits, so a long row of it would keep all others from their
// turn: after each millisecond of it the loop goes round once. Loop thread only.
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "net/loop.hpp"

namespace rb::db {

class FairShare {
 public:
  using Clock = std::chrono::steady_clock;
  explicit FairShare(net::Loop& loop) : loop_(loop) {}

  // After work that began then: whether go_round() is due.
  bool used_up(Clock::time_point began) {
    spent_ += Clock::now() - began;
    return spent_ >= std::chrono::milliseconds(1);
  }
  Task<> go_round() {
    spent_ = {};
    co_await boost::asio::post(loop_.executor(), boost::asio::use_awaitable);
  }

 private:
  net::Loop& loop_;
  Clock::duration spent_{};
};

}  // namespace rb::db
