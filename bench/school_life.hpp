#pragma once
// What happens in a school between two moments, as CloudEvents. Pure: the same arguments give the same
// events.
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dice.hpp"

namespace rb::bench {

using Seconds = std::int64_t;  // since 1970, UTC
inline constexpr Seconds kMinute = 60, kHour = 3600, kDay = 86400;

struct Happening {
  Seconds moment = 0;
  std::string event;  // JSON
  auto operator<=>(const Happening&) const = default;
};

std::string envelope(Dice& dice, std::string_view type, Seconds moment, std::string_view data);

// As many as were asked for, in the order of time. Ids of tutors begin with 1, those of students follow.
std::vector<Happening> life_of_school(Seconds begin, Seconds end, std::size_t events, int tutors,
                                      int students);

}  // namespace rb::bench
