#pragma once
// Which readings of the wall clock a rule of RFC 5545 names, one period (year, month … minute) after the
// other. Pure.
#include <vector>

#include "domain/recurrence_rule.hpp"

namespace rb::notification {

class RecurrencePeriods {
 public:
  // `start` is DTSTART: what the rule leaves open is taken from it.
  RecurrencePeriods(RecurrenceRule rule, LocalTime start);

  // The number of the period of the rule that holds `reading`, or of the last one before it; 0 is that of
  // DTSTART.
  std::int64_t number_of(LocalTime reading) const;
  LocalTime beginning(std::int64_t number) const;
  // Sorted; also those before DTSTART.
  std::vector<LocalTime> readings(std::int64_t number) const;

 private:
  std::int64_t unit_of(LocalTime reading) const;
  LocalTime beginning_of_unit(std::int64_t unit) const;
  bool names(std::chrono::year_month_day date) const;
  bool names_weekday(std::chrono::year_month_day date) const;
  bool names_week(std::chrono::local_days day) const;

  RecurrenceRule rule_;
  LocalTime start_;
  std::chrono::seconds second_{};
};

}  // namespace rb::notification
