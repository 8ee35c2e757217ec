#include "domain/wording/format.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <ctime>

#include "events/event.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

using Names = std::array<std::string_view, 12>;
using Days = std::array<std::string_view, 7>;

constexpr std::string_view kNoBreak = "\u00a0";
constexpr Names kMonthsRu = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                             "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
constexpr Names kMonthsEn = {"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr Names kShortMonthsRu = {"янв", "фев", "мар", "апр", "мая", "июн",
                                  "июл", "авг", "сен", "окт", "ноя", "дек"};
constexpr Days kDaysRu = {"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"};
constexpr Days kDaysEn = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr Days kShortDaysRu = {"вс", "пн", "вт", "ср", "чт", "пт", "сб"};

struct Reading {
  LocalDay local;
  unsigned month() const { return static_cast<unsigned>(local.date.month()) - 1; }
  unsigned weekday() const { return std::chrono::weekday(std::chrono::local_days(local.date)).c_encoding(); }
};

Result<Reading> read(const Reader& reader, std::string_view moment) {
  bool is_date = moment.size() == std::string_view("2026-09-18").size();
  const Zone& zone = is_date ? Zone::utc() : reader.zone;
  auto time = parse_iso(moment, zone);
  if (!time) return fail(time.error());
  return Reading{split_local(zone.to_local(*time))};
}

std::string_view month_name(const Reader& reader, const Reading& at) {
  return (reader.russian ? kMonthsRu : kMonthsEn)[at.month()];
}

std::string_view short_day_name(const Reader& reader, const Reading& at) {
  return reader.russian ? kShortDaysRu[at.weekday()] : kDaysEn[at.weekday()].substr(0, 3);
}

std::string_view near_day(const Reader& reader, int days_ahead) {
  switch (days_ahead) {
    case -1:
      return reader.russian ? "вчера" : "yesterday";
    case 0:
      return reader.russian ? "сегодня" : "today";
    case 1:
      return reader.russian ? "завтра" : "tomorrow";
    default:
      return {};
  }
}

std::tm to_tm(const Reading& at) {
  std::tm tm{};
  tm.tm_year = static_cast<int>(at.local.date.year()) - 1900;
  tm.tm_mon = static_cast<int>(at.month());
  tm.tm_mday = static_cast<int>(static_cast<unsigned>(at.local.date.day()));
  tm.tm_wday = static_cast<int>(at.weekday());
  auto first = std::chrono::local_days(at.local.date.year() / std::chrono::January / 1);
  tm.tm_yday = static_cast<int>((std::chrono::local_days(at.local.date) - first).count());
  tm.tm_hour = static_cast<int>(at.local.clock.hours().count());
  tm.tm_min = static_cast<int>(at.local.clock.minutes().count());
  tm.tm_sec = static_cast<int>(at.local.clock.seconds().count());
  return tm;
}

std::string format_one(const Reader& reader, const Reading& at, char what) {
  switch (what) {
    case 'B':
      return std::string(month_name(reader, at));
    case 'b':
      return std::string(reader.russian ? kShortMonthsRu[at.month()] : kMonthsEn[at.month()].substr(0, 3));
    case 'A':
      return std::string((reader.russian ? kDaysRu : kDaysEn)[at.weekday()]);
    case 'a':
      return std::string(short_day_name(reader, at));
    default:
      break;
  }
  std::tm tm = to_tm(at);
  std::array<char, 64> out{};
  std::array<char, 3> pattern{'%', what, '\0'};
  return {out.data(), std::strftime(out.data(), out.size(), pattern.data(), &tm)};
}

// "1234567.50" → «1 234 567,50»
std::string grouped(const Reader& reader, std::string_view decimal) {
  std::string_view sign = decimal.starts_with('-') ? "−" : "";
  if (!sign.empty()) decimal.remove_prefix(1);
  auto point = decimal.find('.');
  std::string_view whole = decimal.substr(0, point);
  std::string out(sign);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += reader.russian ? kNoBreak : ",";
    out += whole[i];
  }
  if (point == std::string_view::npos) return out;
  out += reader.russian ? ',' : '.';
  return out.append(decimal.substr(point + 1));
}

std::string_view sign_of(std::string_view currency) {
  constexpr std::array<std::array<std::string_view, 2>, 8> signs = {{{"RUB", "₽"},
                                                                     {"USD", "$"},
                                                                     {"EUR", "€"},
                                                                     {"GBP", "£"},
                                                                     {"KZT", "₸"},
                                                                     {"BYN", "Br"},
                                                                     {"UAH", "₴"},
                                                                     {"AMD", "֏"}}};
  for (const auto& [code, sign] : signs)
    if (code == currency) return sign;
  return currency;
}

}  // namespace

Result<std::string> format_day(const Reader& reader, std::string_view moment) {
  auto at = read(reader, moment);
  if (!at) return fail(at.error());
  auto today = split_local(reader.zone.to_local(reader.now)).date;
  auto ahead = (std::chrono::local_days(at->local.date) - std::chrono::local_days(today)).count();
  std::string_view day = near_day(reader, static_cast<int>(ahead));
  if (day.empty()) day = short_day_name(reader, *at);
  auto out = fmt::format("{}, {}{}{}", day, static_cast<unsigned>(at->local.date.day()), kNoBreak,
                         month_name(reader, *at));
  if (at->local.date.year() != today.year())
    out += fmt::format("{}{}", kNoBreak, static_cast<int>(at->local.date.year()));
  return out;
}

Result<std::string> format_moment(const Reader& reader, std::string_view moment, std::string_view pattern) {
  auto at = read(reader, moment);
  if (!at) return fail(at.error());
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    bool directive = pattern[i] == '%' && i + 1 < pattern.size();
    out += directive ? format_one(reader, *at, pattern[++i]) : std::string(1, pattern[i]);
  }
  return out;
}

Result<std::string> format_currency(const Reader& reader, std::string_view amount,
                                    std::string_view currency) {
  auto minor = events::parse_money(amount, currency);
  if (!minor) return fail(Errc::invalid, fmt::format("«{}» is not an amount of {}", amount, currency));
  std::string decimal = events::format_money(*minor, currency);
  if (auto point = decimal.find('.');
      point != std::string::npos && decimal.find_first_not_of("0", point + 1) == std::string::npos)
    decimal.resize(point);
  return fmt::format("{}{}{}", grouped(reader, decimal), kNoBreak, sign_of(currency));
}

std::string format_number(const Reader& reader, double value) {
  std::string decimal = fmt::format("{:.2f}", value);
  decimal.resize(decimal.find_last_not_of('0') + 1);
  if (decimal.ends_with('.')) decimal.pop_back();
  return grouped(reader, decimal == "-0" ? "0" : decimal);
}

std::string_view plural(std::int64_t n, std::span<const std::string_view> forms) {
  if (forms.size() < 3) return n == 1 || forms.size() == 1 ? forms.front() : forms.back();
  auto last = std::abs(n % 10), pair = std::abs(n % 100);
  if (last == 1 && pair != 11) return forms[0];
  return last >= 2 && last <= 4 && (pair < 12 || pair > 14) ? forms[1] : forms[2];
}

}  // namespace rb::notification
