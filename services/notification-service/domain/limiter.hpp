#pragma once
// What one process may send now: keeps the paces of a channel and the pauses that providers ask for. Pure:
// the caller says what time it is.
#include <string>
#include <unordered_map>

#include "domain/paces.hpp"
#include "time/backoff.hpp"

namespace rb::notification {

class Limiter {
 public:
  explicit Limiter(Paces paces) : paces_(std::move(paces)) {}

  const Paces& paces() const { return paces_; }

  // The paces are kept by so many processes, each its part. What the others have just used is not known:
  // `used_up` takes it for everything.
  void divide(int parts) { parts_ = parts; }
  void use_up(Time now);

  // How many calls may begin now to different places; at most `wanted`.
  int available(Time now, int wanted);
  // When available() is above 0 again, if nothing happens until then.
  Time free_at(Time now);

  // Takes a place for a call, or says when it may be tried again. `now` itself means: go, and done() follows.
  Time take(const std::string& address, const std::string& call, Time now);
  // The same for a call that somebody else let pass: only the pauses hold.
  Time let_pass(const std::string& address, const std::string& call, Time now);
  void done(const std::string& address, const std::string& call, Time now, bool made = true);

  bool paused(Time now) const { return now < all_paused_until_; }

  // When a call should come again that somebody else has refused until `earliest`. Those that wait for the
  // same place come one after the other, not all at once in vain.
  Time come_again(const std::string& address, Time earliest, Time now);

  // The provider asked for a pause. True: everything pauses.
  bool pause(const std::string& address, Time now, Micros wait);
  // The provider has too much of us: pauses it, longer each time in a row. Returns how long.
  Micros crowded(const std::string& address, Time now, double random);
  void welcome(const std::string& address);  // it took something

 private:
  struct Chat {
    Pace pace;
    Gate gate = {};
    Time paused_until{}, promised{};
    int crowded = 0;  // in a row
  };
  Chat& chat(const Place& place, Time now);
  Pace mine(const Pace& pace) const { return pace.part(parts_); }
  Time paused_until(const Chat& chat) const { return std::max(all_paused_until_, chat.paused_until); }
  void begin(const Place& place, Chat& chat, const std::string& call, Time now);
  Time promise(const Place& place, Chat& chat, Time earliest, Time now) const;

  Paces paces_;
  int parts_ = 1;
  Gate all_;
  Time all_paused_until_{}, used_up_{};
  std::unordered_map<std::string, Chat> chats_;
};

}  // namespace rb::notification
