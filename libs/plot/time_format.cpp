#include "plot/time_format.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "plot/number_format.hpp"

namespace rb::plot {
namespace {

using namespace std::chrono;

struct Moment {
  double milliseconds;
  sys_days day;
  year_month_day date;
  hh_mm_ss<std::chrono::milliseconds> clock;
  int weekday;      // from Sunday
  int day_of_year;  // from 0

  explicit Moment(double ms)
      : milliseconds(ms),
        day(floor<days>(sys_time<std::chrono::milliseconds>(whole(ms)))),
        date(day),
        clock(sys_time<std::chrono::milliseconds>(whole(ms)) - day),
        weekday(static_cast<int>(std::chrono::weekday(day).c_encoding())),
        day_of_year(static_cast<int>((day - sys_days(date.year() / January / 1)).count())) {}

  static std::chrono::milliseconds whole(double ms) {
    return std::chrono::milliseconds(static_cast<long long>(std::floor(ms + 0.05)));
  }
};

std::string padded(long long value, int width, char padding) {
  if (padding == 0) return std::to_string(value);
  auto text = std::to_string(std::abs(value));
  if (text.size() < static_cast<std::size_t>(width))
    text.insert(0, static_cast<std::size_t>(width) - text.size(), padding);
  return value < 0 ? "-" + text : text;
}

// ISO 8601: the week belongs to the year of its Thursday.
int iso_week(const Moment& at) {
  auto thursday = at.day - days((at.weekday + 6) % 7) + days(3);
  auto year = year_month_day(thursday).year();
  return static_cast<int>((thursday - sys_days(year / January / 1)).count()) / 7 + 1;
}

std::string fraction(double milliseconds, int digits) {
  double seconds = milliseconds / 1000;
  auto text = fixed(seconds - std::floor(seconds) + 2, digits).substr(2);
  auto last = text.find_last_not_of('0');
  return last == std::string::npos ? "0" : text.substr(0, last + 1);
}

bool shows_day(std::string_view format) {
  for (std::size_t at = 0; (at = format.find('%', at)) != std::string_view::npos; at += 2) {
    auto c = at + 1;
    if (c < format.size() && std::string_view("-_0").contains(format[c])) ++c;
    if (c < format.size() && (format[c] == 'd' || format[c] == 'e')) return true;
  }
  return false;
}

struct TimeWriter {
  const Moment& at;
  const Locale& locale;
  bool beside_day;

  std::optional<std::string> number(char directive, char padding) const {
    int hour = static_cast<int>(at.clock.hours().count());
    switch (directive) {
      case 'd':
      case 'e':
        return padded(static_cast<unsigned>(at.date.day()), 2, padding);
      case 'H':
        return padded(hour, 2, padding);
      case 'I':
        return padded((hour + 11) % 12 + 1, 2, padding);
      case 'j':
        return padded(at.day_of_year + 1, 3, padding);
      case 'L':
        return padded(at.clock.subseconds().count(), 3, padding);
      case 'm':
        return padded(static_cast<unsigned>(at.date.month()), 2, padding);
      case 'M':
        return padded(at.clock.minutes().count(), 2, padding);
      case 'S':
        return padded(at.clock.seconds().count(), 2, padding);
      case 'q':
        return padded((static_cast<unsigned>(at.date.month()) + 2) / 3, 0, 0);
      case 'h':
        return padded((static_cast<unsigned>(at.date.month()) + 5) / 6, 0, 0);
      case 'Q':
        return padded(Moment::whole(at.milliseconds).count(), 0, 0);
      case 's':
        return padded(Moment::whole(at.milliseconds).count() / 1000, 0, 0);
      case 'u':
        return padded(at.weekday == 0 ? 7 : at.weekday, 0, 0);
      case 'w':
        return padded(at.weekday, 0, 0);
      case 'U':
        return padded((at.day_of_year + 7 - at.weekday) / 7, 2, padding);
      case 'W':
        return padded((at.day_of_year + 7 - (at.weekday + 6) % 7) / 7, 2, padding);
      case 'V':
        return padded(iso_week(at), 2, padding);
      case 'y':
        return padded(static_cast<int>(at.date.year()) % 100, 2, padding);
      case 'Y':
        return padded(static_cast<int>(at.date.year()) % 10000, 4, padding);
      case 'f':
        return fraction(at.milliseconds, 6);
      default:
        return std::nullopt;
    }
  }

  std::optional<std::string> word(char directive) const {
    auto day = static_cast<std::size_t>(at.weekday);
    auto month = static_cast<std::size_t>(static_cast<unsigned>(at.date.month()) - 1);
    switch (directive) {
      case 'a':
        return std::string(locale.short_days[day]);
      case 'A':
        return std::string(locale.days[day]);
      case 'b':
        return std::string((beside_day ? locale.short_months_of_day : locale.short_months)[month]);
      case 'B':
        return std::string((beside_day ? locale.months_of_day : locale.months)[month]);
      case 'p':
        return std::string(locale.periods[at.clock.hours().count() >= 12 ? 1 : 0]);
      case 'Z':
        return "+0000";
      case '%':
        return "%";
      case 'c':
        return format_time(at.milliseconds, locale.date_time, locale);
      case 'x':
        return format_time(at.milliseconds, locale.date, locale);
      case 'X':
        return format_time(at.milliseconds, locale.time, locale);
      default:
        return std::nullopt;
    }
  }

  std::string directive(std::string_view text) const {
    char c = text.back(), modifier = text.size() > 2 ? text[1] : '\0';
    char padding = modifier == '-' ? '\0' : modifier == '_' ? ' ' : c == 'e' && modifier == 0 ? ' ' : '0';
    if (c == 'f' && modifier >= '1' && modifier <= '9')
      return fraction(at.milliseconds, std::min(modifier - '0', 6));
    if (auto done = number(c, padding)) return *done;
    return word(c).value_or(std::string(text));
  }
};

}  // namespace

std::string format_time(double milliseconds, std::string_view format, const Locale& locale) {
  if (!(std::abs(milliseconds) < 9.7e14)) return "";
  Moment at(milliseconds);
  TimeWriter writer{at, locale, shows_day(format)};
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
      continue;
    }
    std::size_t length =
        std::string_view("-_0123456789").contains(format[i + 1]) && i + 2 < format.size() ? 3 : 2;
    out += writer.directive(format.substr(i, length));
    i += length - 1;
  }
  return out;
}

}  // namespace rb::plot
