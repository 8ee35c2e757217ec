#pragma once
// The limits of a channel, kept by all processes that work on one database. With a cache that they share, it
// counts for all of them; without one, or while it is away, each takes its part: the limit divided by the
// processes that live. A process that changes from one to the other takes what the others have just used for
// everything. While the cache counts but not all are known to use it, both hold. Belongs to the loop's
// thread.
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cache/cache.hpp"
#include "domain/limiter.hpp"
#include "domain/peers.hpp"
#include "net/task.hpp"

namespace rb::notification {

class SharedLimits {
 public:
  // `name` tells channels apart, `process` processes; `cache` may be null.
  SharedLimits(const Clock& clock, cache::Cache* cache, Peers& peers, std::string name, std::string process,
               Paces paces);

  // As far as this process knows without asking.
  int available(Time now, int wanted);
  Time free_at(Time now);

  // Of `wanted` messages that are to be claimed, how many may be sent at once. keep() says which were
  // claimed.
  Task<int> reserve(int wanted);
  Task<> keep(std::vector<std::string> calls);
  void keep_one(const std::string& call);  // that was not reserved, if there is room
  Task<> leave(std::string call);          // it does not come; nothing after take()

  // None: go, and done() follows. Otherwise when it may be tried again.
  Task<std::optional<Time>> take(std::string address, std::string call);
  Task<> done(std::string address, std::string call, bool made);

  Task<> pause(std::string address, Micros wait);  // the provider asked for it
  Micros crowded(const std::string& address) {
    return limiter_.crowded(address, clock_.now(), random_unit());
  }
  void welcome(const std::string& address) { limiter_.welcome(address); }

 private:
  bool shared() const { return peers_.sharing && cache_ != nullptr; }
  bool counts() const { return shared() && limiter_.paces().all.limits(); }
  void look(Time now);
  void lost(Time now);
  std::optional<Time> take_part(const std::string& address, const std::string& call, Time now);
  std::string ticket_of(const std::string& call);
  std::string new_ticket();
  std::string key_of(const Place& place) const { return name_ + ":" + place.key; }
  Task<std::optional<Time>> take_shared(std::string address, std::string call, std::string ticket);
  Task<std::optional<cache::Cache::Places>> take_ticket(std::string call, std::string ticket);
  Task<> give_back_ticket(std::string id, bool made);

  const Clock& clock_;
  cache::Cache* cache_;
  Peers& peers_;
  std::string name_, process_;
  Limiter limiter_;
  // A ticket is a place of the whole channel in the shared cache.
  std::vector<std::string> tickets_;                        // of messages that are being claimed
  std::unordered_map<std::string, std::string> kept_;       // call that is to come → its ticket, or ""
  std::unordered_map<std::string, std::string> under_way_;  // call → its ticket
  Time full_until_{};                                       // the shared limit, as last heard
  std::int64_t number_ = 0;
  bool settled_ = true;  // until the first look, which takes what others have used for everything
};

}  // namespace rb::notification
