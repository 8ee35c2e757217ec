#include "domain/timing/digest_window.hpp"

#include "domain/defaults.hpp"

namespace rb::notification {

using std::chrono::days;

Time next_digest(const Preferences& preferences, DigestMode mode, const Zone& zone, Time now) {
  auto minute = std::chrono::minutes(preferences.digest_minute.value_or(kDigestMinute));
  auto wanted = preferences.digest_day.value_or(kDigestDay);
  auto day = std::chrono::floor<days>(zone.to_local(now));
  for (;; day += days(1)) {
    if (mode == DigestMode::weekly && std::chrono::weekday(day) != wanted) continue;
    if (auto window = zone.to_utc(day + minute); window > now) return window;
  }
}

}  // namespace rb::notification
