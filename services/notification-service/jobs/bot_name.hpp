#pragma once
// What our Telegram bot is called: links to it need the name. Belongs to the loop's thread.
#include <functional>

#include "http/client.hpp"
#include "net/stopping.hpp"
#include "telegram/client.hpp"

namespace rb::notification {

class BotName {
 public:
  BotName(net::Loop& loop, const Clock& clock, telegram::BotSettings settings);

  // Asks until Telegram answers, then tells the name and ends.
  Task<> learn(std::function<void(std::string name)> tell);
  void stop();

 private:
  net::Stopping stopping_;
  http::Client http_;
  telegram::Client telegram_;
};

}  // namespace rb::notification
