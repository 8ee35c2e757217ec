#include "domain/recurrence_days.hpp"

#include <algorithm>

namespace rb::notification {
namespace {

using namespace std::chrono;
using enum RecurrenceRule::Frequency;
using Numbers = std::vector<int>;

bool contains(const Numbers& numbers, int value) {
  return std::ranges::find(numbers, value) != numbers.end();
}

// Whether the list names the `place`th of `of`, counted from 1, or from the end as -1, -2 …
bool names_place(const Numbers& numbers, int place, int of) {
  return numbers.empty() || contains(numbers, place) || contains(numbers, place - of - 1);
}

local_days first_of(year y) { return local_days(y / January / 1); }
int days_in(year y) { return y.is_leap() ? 366 : 365; }
int days_in(year_month_day date) {
  return static_cast<int>(static_cast<unsigned>((date.year() / date.month() / last).day()));
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// The first week of a year is the first with four days of it.
local_days first_week(year y, weekday week_start) {
  auto fourth = local_days(y / January / 4);
  return fourth - (weekday(fourth) - week_start);
}

RecurrenceRule completed(RecurrenceRule rule, LocalTime start) {
  auto day = floor<days>(start);
  year_month_day date(day);
  hh_mm_ss<Micros> clock(start - day);
  bool open =
      rule.week_numbers.empty() && rule.year_days.empty() && rule.month_days.empty() && rule.days.empty();
  if (open && rule.frequency == yearly && rule.months.empty())
    rule.months = {static_cast<int>(static_cast<unsigned>(date.month()))};
  if (open && (rule.frequency == yearly || rule.frequency == monthly))
    rule.month_days = {static_cast<int>(static_cast<unsigned>(date.day()))};
  if (open && rule.frequency == weekly) rule.days = {{0, weekday(day)}};
  if (rule.hours.empty() && rule.frequency >= daily) rule.hours = {static_cast<int>(clock.hours().count())};
  if (rule.minutes.empty() && rule.frequency >= hourly)
    rule.minutes = {static_cast<int>(clock.minutes().count())};
  return rule;
}

// Every hour, or every minute, that a short period does not fix itself.
Numbers those(const Numbers& named, int own, bool fixed) {
  if (!fixed) return named;
  return named.empty() || contains(named, own) ? Numbers{own} : Numbers{};
}

}  // namespace

RecurrencePeriods::RecurrencePeriods(RecurrenceRule rule, LocalTime start)
    : rule_(completed(std::move(rule), start)),
      start_(start),
      second_(hh_mm_ss<Micros>(start - floor<days>(start)).seconds()) {}

// Years, months, weeks … counted from a fixed point.
std::int64_t RecurrencePeriods::unit_of(LocalTime reading) const {
  auto day = floor<days>(reading);
  year_month_day date(day);
  switch (rule_.frequency) {
    case yearly:
      return static_cast<int>(date.year());
    case monthly:
      return std::int64_t{static_cast<int>(date.year())} * 12 + static_cast<unsigned>(date.month()) - 1;
    case weekly:
      return floor_div((day - (weekday(day) - rule_.week_start)).time_since_epoch().count(), 7);
    case daily:
      return day.time_since_epoch().count();
    case hourly:
      return floor<hours>(reading).time_since_epoch().count();
    case minutely:
      return floor<minutes>(reading).time_since_epoch().count();
  }
  return 0;
}

LocalTime RecurrencePeriods::beginning_of_unit(std::int64_t unit) const {
  switch (rule_.frequency) {
    case yearly:
      return first_of(year(static_cast<int>(unit)));
    case monthly:
      return local_days(year(static_cast<int>(floor_div(unit, 12))) /
                        month(static_cast<unsigned>(unit - floor_div(unit, 12) * 12) + 1) / 1);
    case weekly: {
      auto some = local_days(days(unit * 7));  // weeks of the fixed point begin on a Thursday
      return some + (rule_.week_start - weekday(some));
    }
    case daily:
      return local_days(days(unit));
    case hourly:
      return LocalTime(hours(unit));
    case minutely:
      return LocalTime(minutes(unit));
  }
  return {};
}

std::int64_t RecurrencePeriods::number_of(LocalTime reading) const {
  return floor_div(unit_of(reading) - unit_of(start_), rule_.interval);
}

LocalTime RecurrencePeriods::beginning(std::int64_t number) const {
  return beginning_of_unit(unit_of(start_) + number * rule_.interval);
}

bool RecurrencePeriods::names_weekday(year_month_day date) const {
  if (rule_.days.empty()) return true;
  auto day = local_days(date);
  bool of_year = rule_.frequency == yearly && rule_.months.empty();
  auto first = of_year ? first_of(date.year()) : local_days(date.year() / date.month() / 1);
  int length = of_year ? days_in(date.year()) : days_in(date);
  int place = static_cast<int>((day - first).count());
  int from_start = place / 7 + 1, from_end = -((length - 1 - place) / 7 + 1);
  return std::ranges::any_of(rule_.days, [&](const RecurrenceRule::Day& wanted) {
    return wanted.weekday == weekday(day) &&
           (wanted.nth == 0 || wanted.nth == from_start || wanted.nth == from_end);
  });
}

bool RecurrencePeriods::names_week(local_days day) const {
  if (rule_.week_numbers.empty()) return true;
  auto y = year_month_day(day).year();
  if (day < first_week(y, rule_.week_start)) --y;
  if (day >= first_week(y + years(1), rule_.week_start)) ++y;
  auto first = first_week(y, rule_.week_start), next = first_week(y + years(1), rule_.week_start);
  return names_place(rule_.week_numbers, static_cast<int>((day - first).count() / 7) + 1,
                     static_cast<int>((next - first).count() / 7));
}

bool RecurrencePeriods::names(year_month_day date) const {
  auto day = local_days(date);
  return (rule_.months.empty() ||
          contains(rule_.months, static_cast<int>(static_cast<unsigned>(date.month())))) &&
         names_place(rule_.month_days, static_cast<int>(static_cast<unsigned>(date.day())), days_in(date)) &&
         names_place(rule_.year_days, static_cast<int>((day - first_of(date.year())).count()) + 1,
                     days_in(date.year())) &&
         names_week(day) && names_weekday(date);
}

std::vector<LocalTime> RecurrencePeriods::readings(std::int64_t number) const {
  auto unit = unit_of(start_) + number * rule_.interval;
  auto begins = beginning_of_unit(unit), ends = beginning_of_unit(unit + 1);
  auto first = floor<days>(begins);
  hh_mm_ss<Micros> clock(begins - first);
  auto in_hours = those(rule_.hours, static_cast<int>(clock.hours().count()), rule_.frequency <= hourly);
  auto in_minutes =
      those(rule_.minutes, static_cast<int>(clock.minutes().count()), rule_.frequency == minutely);
  std::vector<LocalTime> out;
  if (in_hours.empty() || in_minutes.empty()) return out;
  for (auto day = first; day < ends; day += days(1)) {
    if (!names(year_month_day(day))) continue;
    for (int hour : in_hours)
      for (int minute : in_minutes) out.push_back(day + hours(hour) + minutes(minute) + second_);
  }
  if (rule_.positions.empty()) return out;
  std::vector<LocalTime> chosen;
  auto size = static_cast<int>(out.size());
  for (int i = 0; i < size; ++i)
    if (names_place(rule_.positions, i + 1, size)) chosen.push_back(out[static_cast<std::size_t>(i)]);
  return chosen;
}

}  // namespace rb::notification
