#pragma once
// Dates of a chart's axis: wall clock without a zone, as milliseconds since 1970. Pure, thread-safe.
#include <optional>
#include <string_view>

namespace rb::plot {

inline constexpr double kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
inline constexpr double kMonth = kDay * 365.25 / 12, kYear = kDay * 365.25;  // on average
inline constexpr double kYear2000 = 946684800000;                            // its first moment, a Saturday

// "2026", "2026-09", "2026-09-15", "2026-09-15 10:30:15.250", also with T; an offset or Z is read over.
std::optional<double> parse_date(std::string_view text);

bool is_first_of_month(double moment);
double add_months(double moment, double months);  // the 31st of a short month is its next month's first days;
                                                  // far from our time months are 30.4 days

}  // namespace rb::plot
