#pragma once
// Texts kept in the cache, each with the time in which it is true. Belongs to the loop's thread.
#include <optional>
#include <string>
#include <string_view>

#include "cache/cache.hpp"
#include "metrics/registry.hpp"

namespace rb::analytics {

// What a text is found by: parts that cannot run into each other, as a digest, so that no name or id stands
// in the cache's keys. Another version of the program has other keys.
class Key {
 public:
  explicit Key(std::string_view kind);
  Key& add(std::string_view part);
  Key& add(std::int64_t part) { return add(std::to_string(part)); }
  std::string text() const;

 private:
  std::string parts_;
};

struct TrueIn {
  Time from = Time::min(), through = Time::max();  // both included
};

class Kept {
 public:
  // `cache` may be null, `ttl` 0: nothing is kept. Counts as repitbot_cache_requests_total{result}.
  Kept(cache::Cache* cache, cache::Ttl ttl, metrics::Registry& registry);

  bool keeps() const { return cache_ != nullptr; }
  Task<std::optional<std::string>> find(std::string key, Time now);
  Task<> keep(std::string key, std::string_view text, TrueIn when = {});  // large ones are not

 private:
  cache::Cache* cache_;
  cache::Ttl ttl_;
  metrics::Counter hits_, misses_;
};

}  // namespace rb::analytics
