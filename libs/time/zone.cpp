#include "time/zone.hpp"

#include <date/tz.h>

namespace rb {

Result<Zone> Zone::find(std::string_view name) {
  try {
    return Zone(date::locate_zone(std::string(name)));
  } catch (const std::runtime_error&) {
    return fail(Errc::invalid, "unknown time zone: " + std::string(name));
  }
}

const Zone& Zone::utc() {
  static const Zone zone(date::locate_zone("Etc/UTC"));
  return zone;
}

std::string_view Zone::name() const { return zone_->name(); }

std::chrono::seconds Zone::offset(Time t) const { return zone_->get_info(t).offset; }

Stretch Zone::stretch(Time t) const {
  auto info = zone_->get_info(t);
  return {info.begin, info.end, info.offset};
}

LocalTime Zone::to_local(Time t) const { return LocalTime(t.time_since_epoch() + offset(t)); }

Time Zone::to_utc(LocalTime local) const {
  auto info = zone_->get_info(date::local_time<Micros>(local.time_since_epoch()));
  if (info.result == date::local_info::nonexistent) return Time(info.first.end.time_since_epoch());
  return Time(local.time_since_epoch() - info.first.offset);
}

LocalDay split_local(LocalTime local) {
  auto day = std::chrono::floor<std::chrono::days>(local);
  return {std::chrono::year_month_day(day), std::chrono::hh_mm_ss<Micros>(local - day)};
}

}  // namespace rb
