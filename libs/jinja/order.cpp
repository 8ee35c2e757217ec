#include "jinja/order.hpp"

#include <algorithm>
#include <numeric>

namespace rb::jinja {
namespace {

using Type = Value::Type;
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
    sort_plain<std::string_view>(order, keys, [](const Value& key) { return key.text(); });
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
