#pragma once
// The bot, however its updates come: it makes itself known to Telegram and has updates carried out. Belongs
// to the loop's thread.
#include "conversation.hpp"
#include "http/standard.hpp"
#include "metrics/registry.hpp"

namespace rb::bot {

// What the parts of the bot share.
struct Surroundings {
  net::Loop& loop;
  const Clock& clock;
  metrics::Registry& registry;
  telegram::BotSettings bot;
  NotificationsSettings notifications;
  Language language;
};

class Bot {
 public:
  Bot(const Surroundings& around, net::Stopping& stopping);

  // Asks who we are, sets the menus and where updates go: `webhook`, or to who asks for them if its URL is
  // "". `by` makes the calls.
  Task<telegram::Answer<void>> introduce(telegram::Client& by, telegram::Webhook webhook);
  bool introduced() const { return !name_.empty(); }

  // False: what must not be lost cannot be done now; call again.
  Task<bool> carry_out(telegram::Update update);

  telegram::Client& telegram() { return telegram_; }

  // How Telegram takes us, for /health and the log. failed() says how long to wait before the next try.
  void answered();
  Micros failed(const telegram::Failure& failure);
  int failures() const { return failures_; }  // in a row
  http::Check state() const;

 private:
  Task<> set_menus(telegram::Client& by);

  net::Stopping& stopping_;
  http::Client http_;
  telegram::Client telegram_;
  Notifications notifications_;
  Conversation conversation_;
  Language language_;
  metrics::Labelled<metrics::Counter> updates_;  // by wish
  std::string name_;                             // "" until Telegram has told it
  int failures_ = 0;
  std::string problem_ = "connecting";  // "" when all is well
};

}  // namespace rb::bot
