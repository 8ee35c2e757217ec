#include "domain/timing/quiet_hours.hpp"

#include <array>

namespace rb::notification {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// The later of two moments that read the same.
Time last_reading(const Zone& zone, LocalTime local) {
  auto first = zone.to_utc(local);
  auto again = Time(local.time_since_epoch() - zone.offset(first + std::chrono::hours(3)));
  return again > first && zone.to_local(again) == local ? again : first;
}

}  // namespace

std::optional<Time> quiet_until(const QuietHours& hours, const Zone& zone, Time now) {
  if (hours.start == hours.end) return std::nullopt;
  auto today = std::chrono::floor<days>(zone.to_local(now));
  for (auto day : std::array{today - days(1), today}) {
    auto last_day = hours.end > hours.start ? day : day + days(1);
    auto begin = zone.to_utc(day + minutes(hours.start));
    auto end = last_reading(zone, last_day + minutes(hours.end));
    if (begin <= now && now < end) return end;
  }
  return std::nullopt;
}

}  // namespace rb::notification
