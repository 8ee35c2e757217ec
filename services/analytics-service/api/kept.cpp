#include "api/kept.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kMostBytes = 2 << 20;

struct Opened {
  TrueIn when;
  std::size_t text_at = 0;
};

// "from through text", the first two in microseconds.
std::optional<Opened> opened(std::string_view stored) {
  std::int64_t from = 0, through = 0;
  const auto* end = stored.data() + stored.size();
  auto first = std::from_chars(stored.data(), end, from);
  if (first.ec != std::errc() || first.ptr == end) return std::nullopt;
  auto second = std::from_chars(first.ptr + 1, end, through);
  if (second.ec != std::errc() || second.ptr == end) return std::nullopt;
  return Opened{{from_micros(from), from_micros(through)},
                static_cast<std::size_t>(second.ptr + 1 - stored.data())};
}

}  // namespace

Key::Key(std::string_view kind) {
  add(RB_VERSION);
  add(kind);
}

Key& Key::add(std::string_view part) {
  fmt::format_to(std::back_inserter(parts_), "{}:{}", part.size(), part);
  return *this;
}

std::string Key::text() const { return "analytics:" + hex(sha256(parts_)); }

Kept::Kept(cache::Cache* cache, cache::Ttl ttl, metrics::Registry& registry)
    : cache_(ttl > cache::Ttl(0) ? cache : nullptr),
      ttl_(ttl),
      hits_(registry.counters("repitbot_cache_requests_total", "Answers looked for in the cache", {"result"})
                .with({"hit"})),
      misses_(
          registry.counters("repitbot_cache_requests_total", "Answers looked for in the cache", {"result"})
              .with({"miss"})) {}

Task<std::optional<std::string>> Kept::find(std::string key, Time now) {
  if (cache_ == nullptr) co_return std::nullopt;
  auto stored = co_await cache_->get(std::move(key));
  auto found = stored ? opened(*stored) : std::nullopt;
  bool hit = found && found->when.from <= now && now <= found->when.through;
  (hit ? hits_ : misses_).add();
  if (!hit) co_return std::nullopt;
  stored->erase(0, found->text_at);
  co_return stored;
}

Task<> Kept::keep(std::string key, std::string_view text, TrueIn when) {
  if (cache_ == nullptr || text.size() > kMostBytes) co_return;
  auto stored = fmt::format("{} {} {}", to_micros(when.from), to_micros(when.through), text);
  co_await cache_->set(std::move(key), std::move(stored), ttl_);
}

}  // namespace rb::analytics
