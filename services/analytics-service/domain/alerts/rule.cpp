#include "domain/alerts/rule.hpp"

#include <array>

#include "domain/figures/days.hpp"

namespace rb::analytics {
namespace {

using enum MetricSource;
using enum MetricUnit;
using std::chrono::days;

constexpr std::array kMetrics = std::to_array<MetricInfo>({
    {"total_lessons", lessons, count, "Уроков всего", "Lessons"},
    {"completed_lessons", lessons, count, "Проведено уроков", "Completed lessons"},
    {"cancelled_lessons", lessons, count, "Отменено уроков", "Cancelled lessons"},
    {"missed_lessons", lessons, count, "Пропущено уроков", "Missed lessons"},
    {"unmarked_lessons", lessons, count, "Неотмеченных уроков", "Unmarked lessons"},
    {"cancellation_rate", lessons, percent, "Доля отменённых уроков", "Share of cancelled lessons"},
    {"completion_rate", lessons, percent, "Доля проведённых уроков", "Completion rate"},
    {"attendance_rate", lessons, percent, "Посещаемость", "Attendance rate"},
    {"average_rating", lessons, points, "Средняя оценка уроков", "Average rating"},
    {"unique_students", lessons, count, "Учеников на уроках", "Students in lessons"},
    {"total_revenue", payments, money, "Поступления", "Revenue"},
    {"net_revenue", payments, money, "Поступления за вычетом возвратов", "Revenue less refunds"},
    {"failed_payments", payments, count, "Неудачных платежей", "Failed payments"},
    {"overdue_homework", homework, count, "Просроченных домашних заданий", "Overdue homework"},
    {"homework_completion_rate", homework, percent, "Доля сданных домашних заданий", "Homework handed in"},
});

template <class Enum, std::size_t N>
std::optional<Enum> parsed(const std::string_view (&names)[N], std::string_view name) {
  const auto* found = std::ranges::find(names, name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Enum>(found - std::begin(names));
}

Date first_of_month(Date day) {
  std::chrono::year_month_day date(day);
  return Date(date.year() / date.month() / 1);
}

// The day before the month of `first` begins is of the month before.
Date month_before(Date first) { return first_of_month(first - days(1)); }

}  // namespace

std::span<const MetricInfo> metrics() { return kMetrics; }

const MetricInfo& info(Metric metric) { return kMetrics.at(static_cast<std::size_t>(metric)); }

std::optional<Metric> parse_metric(std::string_view name) {
  const auto* found = std::ranges::find(kMetrics, name, &MetricInfo::name);
  if (found == kMetrics.end()) return std::nullopt;
  return static_cast<Metric>(found - kMetrics.begin());
}

std::string_view name(Comparison comparison) { return kComparisons[static_cast<std::size_t>(comparison)]; }

std::string_view name(AlertPeriod period) { return kAlertPeriods[static_cast<std::size_t>(period)]; }

std::optional<Comparison> parse_comparison(std::string_view name) {
  return parsed<Comparison>(kComparisons, name);
}

std::optional<AlertPeriod> parse_alert_period(std::string_view name) {
  return parsed<AlertPeriod>(kAlertPeriods, name);
}

bool compares(Comparison comparison) {
  return comparison == Comparison::rise || comparison == Comparison::fall;
}

AlertWindow window_of(const AlertRule& rule, Date today) {
  auto back = [](DaysAsked now, days by) { return AlertWindow{now, {now.first - by, now.last - by}}; };
  auto week = monday(today), month = first_of_month(today), last = month_before(month);
  switch (rule.period) {
    case AlertPeriod::days:
      return back({today - days(rule.days - 1), today}, days(rule.days));
    case AlertPeriod::this_week:
      return back({week, today}, days(7));
    case AlertPeriod::last_week:
      return back({week - days(7), week - days(1)}, days(7));
    case AlertPeriod::this_month:  // the month before may be shorter
      return {{month, today}, {last, std::min(last + (today - month), month - days(1))}};
    case AlertPeriod::last_month:
      return {{last, month - days(1)}, {month_before(last), last - days(1)}};
  }
  throw std::logic_error("no such period");
}

Verdict judge(const AlertRule& rule, std::optional<double> now, std::optional<double> before) {
  if (!now) return {};
  auto threshold = static_cast<double>(rule.threshold) / 100;
  if (rule.comparison == Comparison::above) return {now, *now > threshold};
  if (rule.comparison == Comparison::below) return {now, *now < threshold};
  if (!before || *before <= 0) return {};
  auto change = 100 * (*now - *before) / *before;
  return {change, rule.comparison == Comparison::rise ? change >= threshold : -change >= threshold};
}

}  // namespace rb::analytics
