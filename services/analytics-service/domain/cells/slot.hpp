#pragma once
// Where in time a cell lies, and which cells make up a period. Every offset that clocks keep today is a
// multiple of a quarter of an hour; where one is not, cells cannot tell. Pure.
#include <map>
#include <optional>
#include <vector>

#include "domain/cells/cell.hpp"
#include "domain/figures/days.hpp"

namespace rb::analytics {

inline constexpr std::chrono::minutes kQuarter(15);
inline constexpr int kQuarters = 96;  // of a day
inline constexpr int kWholeDay = 96;  // instead of a quarter: the sums of the day
inline constexpr int kTrends = 97;    // and its counters by quarter-hour

struct Slot {
  std::int64_t day = 0;  // since 1970, UTC
  int quarter = 0;
  auto operator<=>(const Slot&) const = default;
};

Slot slot_of(Time at);  // the quarter-hour
Time begin_of(Slot slot);

using Cells = std::map<Slot, Cell>;

// A period's sums: those of all its parts, some taken away (times = -1).
struct Part {
  Slot slot;
  int times = 1;
  bool operator==(const Part&) const = default;
};
using Cover = std::vector<Part>;

// nullopt: some of the days do not begin or end with a quarter-hour.
std::optional<Cover> cover(const Days& days);

// Of the counters with a key below `end`.
Cell sum(const Cells& cells, const Cover& cover, std::uint64_t end);

}  // namespace rb::analytics
