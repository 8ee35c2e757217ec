#pragma once
// For tests: questions.
#include "domain/figures/days.hpp"
#include "domain/told.hpp"

namespace rb::analytics {

inline Date day(std::string_view text) { return parse_date(text).value(); }

inline Question asking(std::string_view first, std::string_view last,
                       std::string_view zone = "Europe/Moscow") {
  Question asked;
  asked.first = day(first);
  asked.last = day(last);
  asked.zone = Zone::find(zone).value();
  asked.now = asked.zone.to_utc(LocalTime(asked.last + std::chrono::days(1)));
  return asked;
}

}  // namespace rb::analytics
