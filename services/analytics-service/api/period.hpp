#pragma once
// What every question of analytics takes: a period of whole days, whom it is about, and the zone.
#include "domain/figures/question.hpp"
#include "json/json.hpp"

namespace rb::analytics {

struct PeriodQuery {
  std::optional<std::string> start_date, end_date;
  std::optional<int> days;
  std::optional<std::string> tutor_id, student_id, subject, currency, timezone;
  std::string compare = "none";
};
BOOST_DESCRIBE_STRUCT(PeriodQuery, (),
                      (start_date, end_date, days, tutor_id, student_id, subject, currency, timezone,
                       compare))
json::Rules rules(const PeriodQuery*);

// A currency as events keep it: "rub" asks for RUB.
std::string currency_code(std::string asked);

struct DayRange {
  Date first, last;
};
// Errc::invalid: both forms together, a date that is none, an end before its start, too many days.
Result<DayRange> days_asked(const PeriodQuery& query, Date today);

// As answers tell it.
struct Period {
  std::string start_date, end_date;
  std::int64_t days = 0;
  std::string timezone;
};
BOOST_DESCRIBE_STRUCT(Period, (), (start_date, end_date, days, timezone))
Period period_of(const Question& asked);

}  // namespace rb::analytics
