#pragma once
// Stable sorting by Python's order. Elements that have no order raise TypeError.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "jinja/compare.hpp"

namespace rb::jinja {

using Positions = std::vector<std::uint32_t>;

// By merging: it stays sound even when `before` is no proper order (nan) or throws.
template <class F>
void merge_sort(Positions& order, F before) {
  Positions other(order.size());
  for (std::size_t run = 1; run < order.size(); run *= 2) {
    for (std::size_t from = 0; from < order.size(); from += 2 * run) {
      auto middle = std::min(from + run, order.size()), end = std::min(from + 2 * run, order.size());
      auto a = from, b = middle;
      charge_steps(end - from);
      if (middle == end || !before(order[middle], order[middle - 1])) {  // much is in order already
        std::copy(order.begin() + static_cast<std::ptrdiff_t>(from),
                  order.begin() + static_cast<std::ptrdiff_t>(end),
                  other.begin() + static_cast<std::ptrdiff_t>(from));
        continue;
      }
      for (auto at = from; at < end; ++at) {
        bool right = a == middle || (b < end && before(order[b], order[a]));
        other[at] = order[right ? b++ : a++];
      }
    }
    order.swap(other);
  }
}

using Before = bool (*)(const Value&, const Value&);

// The positions of `keys` in their order.
Positions sorted_order(const Values& keys, bool descending, Before before = less);

// `key` gives what is compared for an element.
template <class Key>
void sort_values(Values& items, bool descending, Key key, Before before = less) {
  Values keys, sorted;
  keys.reserve(items.size());
  for (const auto& item : items) keys.push_back(key(item));
  sorted.reserve(items.size());
  for (auto i : sorted_order(keys, descending, before)) sorted.push_back(std::move(items[i]));
  items.swap(sorted);
}

}  // namespace rb::jinja
