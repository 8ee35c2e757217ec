#include "net/signals.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

namespace rb::net {

Task<> stop_asked(Loop& loop) {
  boost::asio::signal_set signals(loop.context(), SIGTERM, SIGINT);
  co_await signals.async_wait(boost::asio::use_awaitable);
  signals.clear();
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace rb::net
