#pragma once
// How a language writes numbers and dates in charts. Immutable, thread-safe. Russian dates have their months
// in the genitive beside a day («15 сентября») and in the nominative without one («Сентябрь 2026»).
#include <array>
#include <string>
#include <string_view>

namespace rb::plot {

struct Locale {
  std::string decimal = ".", thousands = ",";
  std::string currency_prefix = "$", currency_suffix;
  std::string percent = "%";

  std::array<std::string_view, 7> days, short_days;  // from Sunday
  std::array<std::string_view, 12> months, short_months;
  std::array<std::string_view, 12> months_of_day, short_months_of_day;  // beside a day of the month
  std::array<std::string_view, 2> periods{"AM", "PM"};

  // d3-time-format patterns: %c, %x, %X, and what an axis shows when it chooses for itself.
  std::string_view date_time, date, time = "%H:%M:%S";
  std::string_view year = "%Y", month = "%b %Y", day_month, day_month_year;
};

// "ru", "ru-RU"…: Russian; everything else is English.
const Locale& locale_of(std::string_view language);

// A copy with other signs: the first character (code point) of `separators` is the decimal mark, the second,
// if there is one, parts thousands. Layout attribute `separators`.
Locale with_separators(Locale locale, std::string_view separators);

}  // namespace rb::plot
