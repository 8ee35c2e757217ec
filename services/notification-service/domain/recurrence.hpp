#pragma once
// A recurrence as RFC 5545 describes it, in the time of a named zone: «FREQ=WEEKLY;BYDAY=MO» from Monday,
// 17:00 in Moscow, comes every Monday at 17:00 by the clock on the wall there, summer and winter. A reading
// that daylight saving skips comes when the clock has been put forward; one that exists twice comes the first
// time. COUNT counts what the rule names from the start on; the start itself belongs to it only when the rule
// names it. Pure.
#include <optional>
#include <string>

#include "domain/recurrence_days.hpp"

namespace rb::notification {

class Recurrence {
 public:
  // Errc::invalid, in words that follow the field's name: what is wrong with the rule; that it names no
  // moment within ten years of its start; that it comes more often than every 15 minutes.
  static Result<Recurrence> parse(std::string_view rule, Time start, Zone zone);

  std::optional<Time> next_after(Time moment) const;  // nullopt: none within ten years

  // What lies between `from`, an occurrence, and `now`.
  struct Passed {
    Time newest;
    int earlier = 0;           // before the newest one
    std::optional<Time> next;  // after `now`
  };
  Passed passed(Time from, Time now) const;

 private:
  class Walk;
  Recurrence(RecurrenceRule rule, LocalTime start, Zone zone);
  std::optional<std::string> objection() const;

  RecurrenceRule rule_;
  LocalTime start_;
  Zone zone_;
  std::optional<Time> until_;
  RecurrencePeriods periods_;
};

}  // namespace rb::notification
