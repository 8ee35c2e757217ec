#include "plot/locale.hpp"

#include "base/strings.hpp"

namespace rb::plot {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";

Locale english() {
  Locale out;
  out.days = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  out.short_days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  out.months = {"January", "February", "March",     "April",   "May",      "June",
                "July",    "August",   "September", "October", "November", "December"};
  out.short_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  out.months_of_day = out.months;
  out.short_months_of_day = out.short_months;
  out.date_time = "%a %b %e %X %Y";
  out.date = "%m/%d/%Y";
  out.day_month = "%b %-d";
  out.day_month_year = "%b %-d, %Y";
  return out;
}

Locale russian() {
  Locale out;
  out.decimal = ",";
  out.thousands = kNoBreakSpace;
  out.currency_prefix = "";
  out.currency_suffix = std::string(kNoBreakSpace) + "₽";
  out.days = {"Воскресенье", "Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота"};
  out.short_days = {"вс", "пн", "вт", "ср", "чт", "пт", "сб"};
  out.months = {"Январь", "Февраль", "Март",     "Апрель",  "Май",    "Июнь",
                "Июль",   "Август",  "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"};
  out.months_of_day = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                       "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
  out.short_months = {"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"};
  out.short_months_of_day = out.short_months;
  out.short_months_of_day[4] = "мая";
  out.date_time = "%-d %b %Y, %X";
  out.date = "%d.%m.%Y";
  out.day_month = "%-d %b";
  out.day_month_year = "%-d %b %Y";
  return out;
}

}  // namespace

const Locale& locale_of(std::string_view language) {
  static const Locale en = english(), ru = russian();
  bool is_russian = language == "ru" || language.starts_with("ru-") || language.starts_with("ru_");
  return is_russian ? ru : en;
}

Locale with_separators(Locale locale, std::string_view separators) {
  if (separators.empty()) return locale;
  auto first = utf8_prefix(separators, 1), both = utf8_prefix(separators, 2);
  locale.decimal = first;
  locale.thousands = both.substr(first.size());
  if (locale.thousands == " ") locale.thousands = kNoBreakSpace;  // a number is never broken into lines
  return locale;
}

}  // namespace rb::plot
