#pragma once
// Short-lived copies of what can be computed again, in this process or shared by all through Redis.
// Promise: a cache that is away costs time, never an answer: no member throws for it, get() finds nothing,
// what set() and remove() were told is lost. So a key names the version of what it stands for; a value that
// must not be seen any more is not left to remove(). Everything belongs to the loop's thread.
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/task.hpp"
#include "time/clock.hpp"
#include "time/pace.hpp"

namespace rb::net {
class Loop;
}

namespace rb::cache {

using Ttl = std::chrono::milliseconds;  // more than 0

class Cache {
 public:
  virtual ~Cache() = default;

  virtual Task<std::optional<std::string>> get(std::string key) = 0;
  virtual Task<> set(std::string key, std::string value, Ttl ttl) = 0;
  virtual Task<> remove(std::string key) = 0;

  // A pace that all who see this cache keep together. Takes a place of `key` for each of `calls`, as far as
  // there are free ones, from the first on. nullopt: nobody knows now. A place that is not given back is free
  // again a span after kLongestCall.
  struct Places {
    int taken = 0;
    Micros wait{};  // when not all were taken: before then there is no other
  };
  virtual Task<std::optional<Places>> take(std::string key, Pace pace, std::vector<std::string> calls) = 0;
  // The call has its answer: its place is free again after the pace's span; when it was not `made`, at once.
  virtual Task<> give_back(std::string key, Pace pace, std::string call, bool made) = 0;
  virtual Task<> close(std::string key, Micros time) = 0;  // no places of `key` for so long
  static constexpr std::chrono::seconds kLongestCall{12};

  virtual bool shared() const = 0;  // other processes see the same

  virtual Task<bool> ping() = 0;  // asks now, within a second

  struct State {
    bool connected = true;
    std::string problem;                // why not
    std::int64_t hits = 0, misses = 0;  // of get(), since the start
    std::int64_t bytes = 0;             // held in this process
  };
  virtual State state() const = 0;
};

// At most `most_bytes`; what was used longest ago goes first.
std::unique_ptr<Cache> memory_cache(const Clock& clock, std::size_t most_bytes);

struct RedisAddress {
  std::string host;
  std::uint16_t port = 6379;
  std::string user = {}, password = {};  // "": none
  int database = 0;
};

// Connects by itself, again and again with backoff. Keys are kept under "repitbot:". It must end before its
// loop.
std::unique_ptr<Cache> redis_cache(net::Loop& loop, RedisAddress address);

}  // namespace rb::cache
