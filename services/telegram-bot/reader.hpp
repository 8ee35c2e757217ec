#pragma once
// How updates come to the bot: Poller asks for them, Webhook takes what Telegram posts.
#include "bot.hpp"

namespace rb::bot {

class Reader {
 public:
  explicit Reader(const Surroundings& around)
      : stopping_(around.loop, around.clock), bot_(around, stopping_) {}
  virtual ~Reader() = default;

  virtual Task<> run() = 0;  // until stop()
  virtual void stop() { stopping_.ask(); }
  http::Check state() const { return bot_.state(); }

 protected:
  net::Stopping stopping_;
  Bot bot_;
};

}  // namespace rb::bot
