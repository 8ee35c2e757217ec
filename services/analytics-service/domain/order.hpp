#pragma once
// The one order of events: by moment, then id, then source; ids and sources bytewise. Pure.
#include <algorithm>
#include <tuple>
#include <vector>

#include "events/event.hpp"

namespace rb::analytics {

inline bool before(const events::Event& a, const events::Event& b) {
  return std::tie(a.time, a.id, a.source) < std::tie(b.time, b.id, b.source);
}

inline void put_in_order(std::vector<events::Event>& events) { std::ranges::sort(events, before); }

}  // namespace rb::analytics
