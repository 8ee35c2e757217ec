#include "jinja/moments.hpp"

#include <array>
#include <cmath>

#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"
#include "time/iso.hpp"

namespace rb::jinja {
namespace {

using Months = std::array<std::string_view, 12>;
using Days = std::array<std::string_view, 7>;

constexpr Months kMonthsRu = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                              "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
constexpr Months kShortMonthsRu = {"янв", "фев", "мар", "апр", "мая", "июн",
                                   "июл", "авг", "сен", "окт", "ноя", "дек"};
constexpr Months kMonthsEn = {"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};
constexpr Months kShortMonthsEn = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr Days kDaysRu = {"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"};
constexpr Days kShortDaysRu = {"вс", "пн", "вт", "ср", "чт", "пт", "сб"};
constexpr Days kDaysEn = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr Days kShortDaysEn = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::string number(long long n, std::size_t width) {
  auto digits = std::to_string(n);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

struct Parts {
  long long year, month, day, hour, minute, second, weekday, day_of_year;
  std::chrono::seconds offset;
};

Parts parts_of(Time moment, const Zone& zone) {
  using namespace std::chrono;
  auto local = split_local(zone.to_local(moment));
  local_days days(local.date);
  auto new_year = local_days(local.date.year() / January / 1);
  return {static_cast<int>(local.date.year()),
          static_cast<unsigned>(local.date.month()),
          static_cast<unsigned>(local.date.day()),
          local.clock.hours().count(),
          local.clock.minutes().count(),
          local.clock.seconds().count(),
          static_cast<long long>(weekday(days).c_encoding()),
          (days - new_year).count() + 1,
          zone.offset(moment)};
}

std::string offset_text(std::chrono::seconds offset) {
  auto minutes = std::abs(offset.count()) / 60;
  return (offset.count() < 0 ? "-" : "+") + number(minutes / 60, 2) + number(minutes % 60, 2);
}

std::string directive(char letter, bool bare, const Parts& p, const Zone& zone, bool russian) {
  auto two = bare ? std::size_t{1} : std::size_t{2};
  auto month = static_cast<std::size_t>(p.month - 1), day = static_cast<std::size_t>(p.weekday);
  auto half_day_hour = p.hour % 12 == 0 ? 12 : p.hour % 12;
  switch (letter) {
    case 'd':
      return number(p.day, two);
    case 'm':
      return number(p.month, two);
    case 'Y':
      return number(p.year, 4);
    case 'y':
      return number(p.year % 100, 2);
    case 'H':
      return number(p.hour, two);
    case 'I':
      return number(half_day_hour, two);
    case 'M':
      return number(p.minute, two);
    case 'S':
      return number(p.second, two);
    case 'j':
      return number(p.day_of_year, bare ? 1 : 3);
    case 'p':
      return p.hour < 12 ? "AM" : "PM";
    case 'B':
      return std::string((russian ? kMonthsRu : kMonthsEn)[month]);
    case 'b':
      return std::string((russian ? kShortMonthsRu : kShortMonthsEn)[month]);
    case 'A':
      return std::string((russian ? kDaysRu : kDaysEn)[day]);
    case 'a':
      return std::string((russian ? kShortDaysRu : kShortDaysEn)[day]);
    case 'z':
      return offset_text(p.offset);
    case 'Z':
      return std::string(zone.name());
    case '%':
      return "%";
    default:
      raise(ErrorKind::value, std::string("a date format does not know %") + letter);
  }
}

}  // namespace

Time to_moment(const Value& v, const Zone& zone) {
  if (v.is(Value::Type::integer)) {
    constexpr std::int64_t last_second = 7'258'118'400;  // the year 2200
    if (v.integer() < 0 || v.integer() > last_second)
      raise(ErrorKind::value, repr(v) + " is not a moment between 1970 and 2200");
    return from_micros(v.integer() * 1'000'000);
  }
  if (v.is(Value::Type::undefined)) v.undefined().fail();
  if (!v.is_text())
    raise(ErrorKind::type,
          "a date is a text like '2026-01-31T17:30:00+03:00', not " + std::string(type_name(v)));
  auto moment = parse_iso(v.text(), zone);
  if (!moment)
    raise(ErrorKind::value, repr(v) + " is not a date like '2026-01-31' or '2026-01-31T17:30:00+03:00'");
  return *moment;
}

std::string format_moment(Time moment, const Zone& zone, std::string_view format, std::string_view language) {
  auto parts = parts_of(moment, zone);
  std::string out;
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (format[at] != '%') {
      out += format[at];
      continue;
    }
    bool bare = at + 1 < format.size() && format[at + 1] == '-';
    at += bare ? 2 : 1;
    if (at >= format.size()) raise(ErrorKind::value, "a date format ends with %");
    out += directive(format[at], bare, parts, zone, language != "en");
  }
  return out;
}

}  // namespace rb::jinja
