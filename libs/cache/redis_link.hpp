#pragma once
// One connection to Redis: hiredis on the event loop. Never reconnects. Loop thread only.
#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/loop.hpp"

struct redisAsyncContext;

namespace rb::cache {

struct Reply {
  enum class Kind { lost, error, nil, integer, text };  // lost: no answer, the connection is gone
  Kind kind = Kind::lost;
  std::int64_t integer = 0;
  std::string text;  // of an error too
};

class RedisLink : public std::enable_shared_from_this<RedisLink> {
 public:
  // Begins to connect to an IP address; commands may be sent at once. `on_lost` is called once, with the
  // reason, when the connection is gone or was not made.
  static std::shared_ptr<RedisLink> open(net::Loop& loop, const std::string& ip, std::uint16_t port,
                                         std::function<void(std::string)> on_lost);
  RedisLink(net::Loop& loop, std::function<void(std::string)> on_lost);
  ~RedisLink();

  // Without an answer within `deadline` the connection is given up.
  Task<Reply> command(std::vector<std::string> words, std::chrono::milliseconds deadline);

  void drop(const std::string& reason);

 private:
  struct Hooks;
  void lost(const std::string& reason);
  void wait_readable();
  void wait_writable();

  net::Loop& loop_;
  std::function<void(std::string)> on_lost_;
  boost::asio::posix::stream_descriptor socket_;  // hiredis owns and closes it
  redisAsyncContext* context_ = nullptr;          // null: gone
  bool reading_ = false, writing_ = false;        // a wait is under way
  bool write_wanted_ = false;
};

}  // namespace rb::cache
