#pragma once
// Telegram's limits as token buckets: so many a second in all, one a second per chat with a short burst,
// twenty a minute in a group; and the pauses a provider asks for. Pure: the caller says what time it is.
// Source: core.telegram.org/bots/faq.
#include <string>
#include <unordered_map>

#include "time/clock.hpp"

namespace rb::notification {

struct Limits {
  double per_second = 30;  // 0: no limit
  double chat_burst = 3;   // 0: no limit per chat
  double group_per_minute = 20;
};

class Limiter {
 public:
  explicit Limiter(Limits limits) : limits_(limits) {}

  // How many may be sent now to different chats; at most `wanted`.
  int available(Time now, int wanted);

  // When available() is above 0 again, if nothing happens until then.
  Time free_at(Time now);

  // Takes one token of the chat and one of all. Otherwise the moment when it may be tried again.
  // `now` itself means: go.
  Time take(const std::string& chat, Time now);

  // The provider asked for a pause in this chat. A second chat that is paused at the same time means that the
  // limit of all was hit: then everything pauses.
  void pause(const std::string& chat, Time now, Micros wait);

 private:
  struct Bucket {
    double tokens = 0;
    Time filled{};
    Time paused_until{};
    void fill(Time now, double per_second, double most);
    Micros wait_for_token(double per_second) const;
  };
  void forget_full(Time now);
  Bucket& bucket(const std::string& chat, Time now);
  double chat_rate(const std::string& chat) const;
  double chat_burst(const std::string& chat) const;

  Limits limits_;
  Bucket all_;
  bool started_ = false;
  Time all_paused_until_{};
  std::unordered_map<std::string, Bucket> chats_;
};

}  // namespace rb::notification
