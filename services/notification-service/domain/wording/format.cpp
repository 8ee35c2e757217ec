#include "domain/wording/format.hpp"

#include <fmt/format.h>

#include <array>

#include "base/strings.hpp"
#include "events/event.hpp"
#include "jinja/format.hpp"
#include "jinja/moments.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

constexpr std::string_view kNoBreak = "\u00a0";

std::string_view near_day(std::int64_t days_ahead, bool russian) {
  switch (days_ahead) {
    case -1:
      return russian ? "вчера" : "yesterday";
    case 0:
      return russian ? "сегодня" : "today";
    case 1:
      return russian ? "завтра" : "tomorrow";
    default:
      return "%a";
  }
}

// "-1234567.50" → «-1 234 567,50»; "5.00" → «5»
std::string written(std::string_view decimal, std::string_view language) {
  std::string_view minus = decimal.starts_with('-') ? "-" : "";
  decimal.remove_prefix(minus.size());
  auto point = decimal.find('.');
  auto fraction = point == std::string_view::npos ? std::string_view() : decimal.substr(point);
  if (fraction.find_first_not_of(".0") == std::string_view::npos) fraction = {};
  bool russian = language != "en";
  auto out = std::string(minus) + jinja::group_digits(decimal.substr(0, point), russian ? kNoBreak : ",");
  return out + replace_all(std::string(fraction), ".", russian ? "," : ".");
}

std::string_view sign_of(std::string_view currency) {
  constexpr std::pair<std::string_view, std::string_view> signs[] = {
      {"RUB", "₽"}, {"USD", "$"},  {"EUR", "€"}, {"GBP", "£"},
      {"KZT", "₸"}, {"BYN", "Br"}, {"UAH", "₴"}, {"AMD", "֏"}};
  for (const auto& [code, sign] : signs)
    if (code == currency) return sign;
  return currency;
}

}  // namespace

Result<std::string> format_day(std::string_view moment, const Zone& zone, Time now,
                               std::string_view language) {
  auto time = parse_iso(moment, zone);
  if (!time) return fail(time.error());
  auto day = split_local(zone.to_local(*time)).date, today = split_local(zone.to_local(now)).date;
  auto ahead = (std::chrono::local_days(day) - std::chrono::local_days(today)).count();
  auto pattern = fmt::format("{}, %-d{}%B", near_day(ahead, language != "en"), kNoBreak);
  if (day.year() != today.year()) pattern += fmt::format("{}%Y", kNoBreak);
  return jinja::format_moment(*time, zone, pattern, language);
}

Result<std::string> format_money(std::string_view amount, std::string_view currency,
                                 std::string_view language) {
  auto minor = events::parse_money(amount, currency);
  if (!minor) return fail(Errc::invalid, fmt::format("«{}» is not an amount of {}", amount, currency));
  return written(events::format_money(*minor, currency), language) + std::string(kNoBreak) +
         std::string(sign_of(currency));
}

std::string format_number(double value, std::string_view language) {
  auto decimal = fmt::format("{:.2f}", value);
  decimal.resize(decimal.find_last_not_of('0') + 1);
  return written(decimal == "-0." ? "0" : decimal, language);
}

}  // namespace rb::notification
