#include "domain/figures/days.hpp"

#include <fmt/format.h>

#include <charconv>

namespace rb::analytics {

using std::chrono::days;

Days::Days(Date first, Date last, const Zone& zone)
    : first_(first), count_(static_cast<std::size_t>((last - first).count() + 1)) {
  auto reads = [](Date date, std::chrono::seconds offset) {
    return Time(LocalTime(date).time_since_epoch() - offset);
  };
  // No offset reaches a whole day, not even where one jumps across the date line: two are far enough.
  auto from = reads(first - days(2), {}), until = reads(last + days(3), {});
  while (from < until) {
    auto whole = zone.stretch(from);
    from = whole.until;
    Stretch part{std::max(whole.from, reads(first, whole.offset)),
                 std::min(whole.until, reads(last + days(1), whole.offset)), whole.offset};
    if (part.from < part.until) stretches_.push_back(part);
  }
  // A period of one day that a zone left out when it jumped across the date line.
  if (stretches_.empty())
    stretches_.push_back({zone.to_utc(LocalTime(first)), zone.to_utc(LocalTime(first)), {}});
}

Date monday(Date day) { return day - (std::chrono::weekday(day) - std::chrono::Monday); }

std::string iso_date(Date date) {
  std::chrono::year_month_day day(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::optional<Date> parse_date(std::string_view text) {
  auto number = [&](std::size_t from, std::size_t digits) {
    unsigned value = 0;
    auto part = text.substr(from, digits);
    auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    return error == std::errc() && end == part.data() + part.size() ? std::optional(value) : std::nullopt;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                   std::chrono::day(*day)};
  return date.ok() ? std::optional(Date(date)) : std::nullopt;
}

}  // namespace rb::analytics
