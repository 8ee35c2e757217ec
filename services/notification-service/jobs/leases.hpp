#pragma once
// The leases of the messages that this process has in hand: renewed until what became of them is written, so
// that a slow provider or a slow database hands nothing to a second worker. Those of workers that vanished
// are taken over. After a time without the database nobody could renew or write: a whole lease passes before
// anything is taken over. Belongs to the loop's thread.
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime.hpp"

namespace rb::notification {

class Leases {
 public:
  explicit Leases(Runtime& runtime);

  Task<> run();  // until stop()
  void stop();

  void took(const std::vector<Message>& messages, Time until);
  void gave_back(const std::string& id);
  bool holds(const std::string& id, Micros time) const;  // nobody else can begin it within `time`

  // A kill repeats at most what this process has in hand, so that is bounded.
  int room() const { return kMostInHand - static_cast<int>(until_.size()); }
  bool idle() const { return until_.empty(); }
  net::Signal& room_made() { return room_made_; }

  static constexpr int kMostInHand = 256;

 private:
  Task<> look();
  Task<> renew();
  Task<> take_over();

  Runtime& rt_;
  net::Signal stopping_, room_made_;
  std::unordered_map<std::string, Time> until_;
  Time quiet_until_{};
  bool first_ = true, stopped_ = false;
};

}  // namespace rb::notification
