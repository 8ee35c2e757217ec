#include "plot/date.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

#include "base/strings.hpp"

namespace rb::plot {
namespace {

using namespace std::chrono;

constexpr double kFarMoment = 6e14;  // 20 000 years: the calendar's own limit is near

// Takes `least` to `most` digits from the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t n = 0;
  while (n < most && n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  if (n < least) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + n, value);
  text.remove_prefix(n);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text[0]) == any_of.npos) return false;
  text.remove_prefix(1);
  return true;
}

// "+03:00", "Z": charts show the wall clock that is written.
bool is_offset(std::string_view text) {
  if (text == "Z" || text == "z" || text.empty()) return true;
  if (!take(text, "+-") || !take_digits(text, 2, 2)) return false;
  take(text, ":");
  return text.empty() || (take_digits(text, 2, 2) && text.empty());
}

double from_days(year_month_day date) {
  return static_cast<double>(sys_days(date).time_since_epoch().count()) * kDay;
}

std::optional<double> parse_clock(std::string_view text) {
  auto hour = take_digits(text, 1, 2);
  if (!hour || *hour > 23) return std::nullopt;
  double moment = *hour * kHour;
  if (!take(text, ":")) return is_offset(text) ? std::optional(moment) : std::nullopt;
  auto minute = take_digits(text, 2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  moment += *minute * kMinute;
  if (!take(text, ":")) return is_offset(text) ? std::optional(moment) : std::nullopt;
  auto second = take_digits(text, 2, 2);
  if (!second || *second > 59) return std::nullopt;
  moment += *second * kSecond;
  if (take(text, ".")) {
    double place = 100;
    while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
      moment += (text[0] - '0') * place;
      place /= 10;
      text.remove_prefix(1);
    }
  }
  return is_offset(text) ? std::optional(moment) : std::nullopt;
}

}  // namespace

std::optional<double> parse_date(std::string_view text) {
  text = trim(text);
  auto year = take_digits(text, 4, 4);
  if (!year) return std::nullopt;
  int month = 1, day = 1;
  std::optional<double> clock = 0;
  if (take(text, "-")) {
    auto read = take_digits(text, 1, 2);
    if (!read) return std::nullopt;
    month = *read;
    if (take(text, "-")) {
      read = take_digits(text, 1, 2);
      if (!read) return std::nullopt;
      day = *read;
      if (take(text, " Tt")) clock = parse_clock(std::exchange(text, {}));
    }
  }
  year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(month)),
                      std::chrono::day(static_cast<unsigned>(day))};
  if (!text.empty() || !clock || !date.ok()) return std::nullopt;
  return from_days(date) + *clock;
}

bool is_first_of_month(double moment) {
  if (!(std::abs(moment) < kFarMoment)) return false;
  return year_month_day(sys_days(days(static_cast<long>(std::floor(moment / kDay))))).day() ==
         std::chrono::day(1);
}

double add_months(double moment, double months) {
  if (!(std::abs(moment) < kFarMoment && std::abs(months) < 12 * 8000)) return moment + months * kMonth;
  double whole = std::floor(moment / kDay);
  year_month_day date{sys_days(days(static_cast<long>(whole)))};
  auto first = year_month_day(date.year() / date.month() / 1) + std::chrono::months(static_cast<int>(months));
  return from_days(first) + (static_cast<double>(static_cast<unsigned>(date.day())) - 1) * kDay + moment -
         whole * kDay;
}

}  // namespace rb::plot
