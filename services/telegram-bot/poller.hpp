#pragma once
// Asks Telegram for updates by long polling, has each one carried out, and only then confirms it: an update
// is carried out at least once, and everything it may cause is harmless to repeat. Belongs to the loop's
// thread.
#include "conversation.hpp"
#include "http/standard.hpp"
#include "metrics/registry.hpp"

namespace rb::bot {

class Poller {
 public:
  Poller(net::Loop& loop, const Clock& clock, telegram::BotSettings bot, NotificationsSettings notifications,
         Language language, metrics::Registry& registry);

  Task<> run();  // until stop()
  void stop();

  // How Telegram answers, for /health.
  http::Check state() const;

 private:
  Task<telegram::Answer<void>> introduce();
  Task<telegram::Answer<void>> poll();
  Task<bool> carry_out(const telegram::Update& update);
  Task<> confirm();
  void answered();
  Task<> failed(const telegram::Failure& failure);

  net::Stopping stopping_;
  http::Client http_, polls_http_;  // polls are broken off at the end, other calls are not
  telegram::Client telegram_, polls_;
  Notifications notifications_;
  Conversation conversation_;
  Language language_;
  metrics::Labelled<metrics::Counter> updates_;  // by wish
  metrics::Labelled<metrics::Counter> answers_;  // of Telegram to our polls, by result
  std::string bot_name_;                         // "" until Telegram has told it
  std::int64_t offset_ = 0, confirmed_ = 0;      // the first update that is not done; not confirmed
  int failures_ = 0;                             // in a row
  std::string problem_;                          // "" when all is well
};

}  // namespace rb::bot
