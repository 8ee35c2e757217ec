#pragma once
// The parts of an RRULE (RFC 5545, 3.3.10). Pure.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "time/zone.hpp"

namespace rb::notification {

struct RecurrenceRule {
  enum class Frequency { minutely, hourly, daily, weekly, monthly, yearly };
  struct Day {
    int nth = 0;  // 2: the second of its month or year, -1: the last; 0: each
    std::chrono::weekday weekday;
  };
  struct Until {
    LocalTime reading;
    bool utc = false;  // else of the rule's zone
  };

  Frequency frequency = Frequency::daily;
  int interval = 1;
  std::optional<int> count;
  std::optional<Until> until;
  std::chrono::weekday week_start = std::chrono::Monday;
  std::vector<int> months, week_numbers, year_days, month_days, hours, minutes, positions;
  std::vector<Day> days;
};

// "RRULE:" before it and lower case are taken too. Errc::invalid: what is wrong, in words that follow the
// field's name: "has no FREQ". BYSECOND and FREQ=SECONDLY are refused: nothing comes that often.
Result<RecurrenceRule> parse_recurrence_rule(std::string_view text);

}  // namespace rb::notification
