#pragma once
// What somebody wants to be told of: a figure of a tutor or the school that goes beyond a bound. Pure.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/figures/question.hpp"

namespace rb::analytics {

enum class Metric {
  total_lessons,
  completed_lessons,
  cancelled_lessons,
  missed_lessons,
  unmarked_lessons,
  cancellation_rate,
  completion_rate,
  attendance_rate,
  average_rating,
  unique_students,
  total_revenue,
  net_revenue,
  failed_payments,
  overdue_homework,
  homework_completion_rate,
};
enum class MetricSource { lessons, payments, homework };
enum class MetricUnit { count, percent, points, money };

struct MetricInfo {
  std::string_view name;
  MetricSource source;
  MetricUnit unit;
  std::string_view title_ru, title_en;
};
std::span<const MetricInfo> metrics();  // by Metric
const MetricInfo& info(Metric metric);
std::optional<Metric> parse_metric(std::string_view name);

// The last two: by how many percent a figure has risen or fallen against the time before.
enum class Comparison { above, below, rise, fall };
enum class AlertPeriod { days, this_week, last_week, this_month, last_month };
inline constexpr std::string_view kComparisons[] = {"above", "below", "rise", "fall"};
inline constexpr std::string_view kAlertPeriods[] = {"days", "this_week", "last_week", "this_month",
                                                     "last_month"};
std::string_view name(Comparison comparison);
std::string_view name(AlertPeriod period);
std::optional<Comparison> parse_comparison(std::string_view name);
std::optional<AlertPeriod> parse_alert_period(std::string_view name);

struct AlertRule {
  std::string id, owner_id;  // the owner made it and is told
  std::string tutor_id;      // "": the whole school
  std::string name;          // "": none
  Metric metric = Metric::completed_lessons;
  Comparison comparison = Comparison::below;
  std::int64_t threshold = 0;  // in hundredths
  AlertPeriod period = AlertPeriod::days;
  int days = 0;          // of a period of days
  std::string currency;  // of money; "": the one with most payments
  Micros cooldown{};     // no second word before it has passed
  bool enabled = true;
  bool operator==(const AlertRule&) const = default;
};

bool compares(Comparison comparison);  // with the time before

struct DaysAsked {
  Date first, last;
  bool operator==(const DaysAsked&) const = default;
};
struct AlertWindow {
  DaysAsked now, before;  // before: as far into the time before as now is into its own
  bool operator==(const AlertWindow&) const = default;
};
AlertWindow window_of(const AlertRule& rule, Date today);

struct Verdict {
  std::optional<double> value;  // of the period; percent of change for rise and fall. none: nothing to go by
  bool raised = false;          // it is beyond the threshold
  bool operator==(const Verdict&) const = default;
};
// `before` counts for rise and fall only.
Verdict judge(const AlertRule& rule, std::optional<double> now, std::optional<double> before);

// What a rule found, in the language of its owner.
struct AlertText {
  std::string title, message;
};
struct Finding {
  std::optional<double> now, before;
  Verdict verdict;
  std::string currency, tutor_name;
};
AlertText wording(const AlertRule& rule, const Finding& finding, std::string_view language);

}  // namespace rb::analytics
