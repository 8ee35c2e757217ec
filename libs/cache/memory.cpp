#include <list>
#include <string_view>
#include <unordered_map>

#include "cache/cache.hpp"

namespace rb::cache {
namespace {

constexpr std::size_t kManyGates = 10'000;
constexpr std::size_t kOverhead = 160;  // of an entry's nodes, beside its key and value

class Memory final : public Cache {
 public:
  Memory(const Clock& clock, std::size_t most_bytes) : clock_(clock), most_(most_bytes) {}

  Task<std::optional<std::string>> get(std::string key) override {
    auto* entry = find(key);
    ++(entry != nullptr ? hits_ : misses_);
    if (entry == nullptr) co_return std::nullopt;
    co_return entry->value;
  }

  Task<> set(std::string key, std::string value, Ttl ttl) override {
    put(std::move(key), std::move(value), ttl);
    co_return;
  }

  Task<> remove(std::string key) override {
    if (auto it = index_.find(key); it != index_.end()) erase(it->second);
    co_return;
  }

  Task<std::optional<Places>> take(std::string key, Pace pace, std::vector<std::string> calls) override {
    auto now = clock_.now();
    auto& gate = gate_of(key, now);
    Places out;
    for (const auto& call : calls) {
      if (gate.free(pace, now) == 0) break;
      gate.begin(call, now + kLongestCall + pace.span);
      ++out.taken;
    }
    if (out.taken < static_cast<int>(calls.size())) out.wait = gate.free_at(pace, now) - now;
    co_return out;
  }

  Task<> give_back(std::string key, Pace pace, std::string call, bool made) override {
    auto now = clock_.now();
    auto& gate = gate_of(key, now);
    made ? gate.end(pace, call, now) : gate.cancel(call);
    co_return;
  }

  Task<> close(std::string key, Micros time) override {
    auto now = clock_.now();
    gate_of(key, now).close(now + time);
    co_return;
  }

  bool shared() const override { return false; }

  Task<bool> ping() override { co_return true; }

  State state() const override {
    return {.connected = true,
            .problem = "",
            .hits = hits_,
            .misses = misses_,
            .bytes = static_cast<std::int64_t>(bytes_)};
  }

 private:
  struct Entry {
    std::string key, value;
    Time expires;
    std::size_t size() const { return key.size() + value.size() + kOverhead; }
  };
  using Place = std::list<Entry>::iterator;

  // The entry, moved to the front; nullptr: none that is still good.
  Entry* find(const std::string& key) {
    auto it = index_.find(key);
    if (it == index_.end()) return nullptr;
    if (it->second->expires <= clock_.now()) {
      erase(it->second);
      return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, it->second);
    return &entries_.front();
  }

  void put(std::string key, std::string value, Ttl ttl) {
    if (auto it = index_.find(key); it != index_.end()) erase(it->second);
    Entry entry{std::move(key), std::move(value), clock_.now() + ttl};
    if (entry.size() > most_) return;  // it would drive all others out, and go itself
    entries_.push_front(std::move(entry));
    index_.emplace(entries_.front().key, entries_.begin());
    bytes_ += entries_.front().size();
    while (bytes_ > most_) erase(std::prev(entries_.end()));
  }

  void erase(Place place) {
    bytes_ -= place->size();
    index_.erase(place->key);
    entries_.erase(place);
  }

  Gate& gate_of(const std::string& key, Time now) {
    if (gates_.size() >= kManyGates)
      std::erase_if(gates_, [&](auto& entry) { return entry.second.idle(now); });
    return gates_[key];
  }

  const Clock& clock_;
  const std::size_t most_;
  std::size_t bytes_ = 0;
  std::int64_t hits_ = 0, misses_ = 0;
  std::list<Entry> entries_;  // the one used last in front
  std::unordered_map<std::string_view, Place> index_;
  std::unordered_map<std::string, Gate> gates_;
};

}  // namespace

std::unique_ptr<Cache> memory_cache(const Clock& clock, std::size_t most_bytes) {
  return std::make_unique<Memory>(clock, most_bytes);
}

}  // namespace rb::cache
