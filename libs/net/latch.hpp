#pragma once
// Waiting on the loop for what another turn of it, or another thread's post to it, brings. Loop thread only.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/loop.hpp"

namespace rb::net {

// A one-time event: coroutines wait() until open().
class Latch {
 public:
  explicit Latch(Loop& loop) : timer_(loop.context(), boost::asio::steady_timer::time_point::max()) {}

  void open() {
    open_ = true;
    timer_.cancel();
  }
  bool is_open() const { return open_; }

  // Not cut short by cancellation: whoever waits holds a place that must be given back in order.
  Task<> wait() {
    namespace asio = boost::asio;
    while (!open_) {
      co_await timer_.async_wait(
          asio::bind_cancellation_slot(asio::cancellation_slot(), asio::as_tuple(asio::use_awaitable)));
    }
  }

 private:
  bool open_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace rb::net
