#include "domain/cells/slot.hpp"

namespace rb::analytics {
namespace {

constexpr Micros kDay = std::chrono::days(1);

std::int64_t day_of(Time at) { return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count(); }

bool is_whole(Time at) { return at.time_since_epoch() % kQuarter == Micros(0); }

// The first `count` quarters of a day, or the rest of it: the fewer parts.
void add_first(Cover& out, std::int64_t day, int count, int times) {
  if (count <= kQuarters / 2) {
    for (int quarter = 0; quarter < count; ++quarter) out.push_back({{day, quarter}, times});
    return;
  }
  out.push_back({{day, kWholeDay}, times});
  for (int quarter = count; quarter < kQuarters; ++quarter) out.push_back({{day, quarter}, -times});
}

// Parts that cancel out: the same day at both ends.
void simplify(Cover& parts) {
  std::map<Slot, int> sums;
  for (const auto& part : parts) sums[part.slot] += part.times;
  parts.clear();
  for (const auto& [slot, times] : sums)
    if (times != 0) parts.push_back({slot, times});
}

void add_span(Cover& out, Time from, Time until) {
  auto first = slot_of(from), end = slot_of(until);
  for (auto day = first.day; day < end.day; ++day) out.push_back({{day, kWholeDay}, 1});
  add_first(out, first.day, first.quarter, -1);
  add_first(out, end.day, end.quarter, 1);
}

}  // namespace

Slot slot_of(Time at) {
  auto day = day_of(at);
  auto within = at.time_since_epoch() - day * kDay;
  return {day, static_cast<int>(within / kQuarter)};
}

Time begin_of(Slot slot) { return Time(slot.day * kDay + slot.quarter * Micros(kQuarter)); }

std::optional<Cover> cover(const Days& days) {
  Cover out;
  for (const auto& stretch : days.stretches()) {
    if (!is_whole(stretch.from) || !is_whole(stretch.until) || stretch.offset % kQuarter != Micros(0))
      return std::nullopt;
    if (stretch.from < stretch.until) add_span(out, stretch.from, stretch.until);
  }
  simplify(out);
  return out;
}

Cell sum(const Cells& cells, const Cover& cover, std::uint64_t end) {
  Cell out;
  for (const auto& [slot, times] : cover) {
    auto found = cells.find(slot);
    if (found == cells.end()) continue;
    const auto& counters = found->second.counters();
    out.add({counters.begin(), std::ranges::lower_bound(counters, end, {}, &Counter::key)}, times);
  }
  return out;
}

}  // namespace rb::analytics
