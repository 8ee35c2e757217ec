#include "domain/wording/format.hpp"

#include <fmt/format.h>

#include <array>

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
constexpr Days kShortDaysEn = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
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
  return (reader.russian ? kShortDaysRu : kShortDaysEn)[at.weekday()];
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

// "1234567.50" → «1 234 567,50»
std::string grouped(bool russian, std::string_view decimal) {
  std::string_view sign = decimal.starts_with('-') ? "−" : "";
  if (!sign.empty()) decimal.remove_prefix(1);
  auto point = decimal.find('.');
  std::string_view whole = decimal.substr(0, point);
  std::string out(sign);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += russian ? kNoBreak : ",";
    out += whole[i];
  }
  if (point == std::string_view::npos) return out;
  out += russian ? ',' : '.';
  return out.append(decimal.substr(point + 1));
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

std::string format_number(bool russian, double value) {
  std::string decimal = fmt::format("{:.2f}", value);
  decimal.resize(decimal.find_last_not_of('0') + 1);
  if (decimal.ends_with('.')) decimal.pop_back();
  return grouped(russian, decimal == "-0" ? "0" : decimal);
}

}  // namespace rb::notification
