#pragma once
// Who goes first: the most urgent, within a class whoever has waited longest. So that a stream of urgent
// messages starves nobody, every tenth place belongs to whoever has waited longest of all. Pure.
#include <cstdint>

namespace rb::notification {

inline constexpr int kPatience = 10;

// How many of the next `places` belong to those who have waited longest, after so many were given.
constexpr int places_of_longest_waiting(std::int64_t given, int places) {
  return static_cast<int>((given + places) / kPatience - given / kPatience);
}

}  // namespace rb::notification
