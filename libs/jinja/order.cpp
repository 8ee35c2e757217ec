#include "jinja/order.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace rb::jinja {
namespace {

using Type = Value::Type;

// A text behind its first bytes as a number, which decide most comparisons.
struct Prefixed {
  explicit Prefixed(std::string_view t) : text(t) {
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(&prefix, text.data(), std::min(text.size(), sizeof prefix));
    prefix = std::byteswap(prefix);
  }
  bool operator<(const Prefixed& other) const {
    return prefix != other.prefix ? prefix < other.prefix : text < other.text;
  }
  std::uint64_t prefix = 0;
  std::string_view text;
};

// Texts alone, or numbers alone, need no look at their types again and again.
template <class T, class F>
void sort_plain(Positions& order, const Values& keys, F plain) {
  std::vector<T> own;
  own.reserve(keys.size());
  for (const auto& key : keys) own.push_back(plain(key));
  merge_sort(order, [&](std::uint32_t a, std::uint32_t b) { return own[a] < own[b]; });
}

bool all_of(const Values& keys, bool (*is)(const Value&)) { return std::ranges::all_of(keys, is); }

}  // namespace

Positions sorted_order(const Values& keys, bool descending, Before before) {
  Positions order(keys.size());
  std::iota(order.begin(), order.end(), 0U);
  // A descending sort is stable, too: it is an ascending one of the reversed list, reversed.
  if (descending) std::ranges::reverse(order);
  if (all_of(keys, [](const Value& key) { return key.is_text(); }))
    sort_plain<Prefixed>(order, keys, [](const Value& key) { return Prefixed(key.text()); });
  else if (all_of(keys, [](const Value& key) { return key.is(Type::integer); }))
    sort_plain<std::int64_t>(order, keys, [](const Value& key) { return key.integer(); });
  else if (all_of(keys, [](const Value& key) { return key.is(Type::real); }))
    sort_plain<double>(order, keys, [](const Value& key) { return key.real(); });
  else
    merge_sort(order, [&](std::uint32_t a, std::uint32_t b) { return before(keys[a], keys[b]); });
  if (descending) std::ranges::reverse(order);
  return order;
}

}  // namespace rb::jinja
