#pragma once
// Telegram's limits, as the settings want them. Source: core.telegram.org/bots/faq.
namespace rb::notification {

struct Limits {
  double per_second = 30;  // 0: no limit
  double chat_burst = 3;   // 0: no limit per chat
  double group_per_minute = 20;
};

}  // namespace rb::notification
