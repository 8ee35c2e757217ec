#include "domain/alerts/rule.hpp"

#include <gtest/gtest.h>

#include "domain/figures/asking.hpp"

namespace rb::analytics {
namespace {

AlertRule rule(Metric metric, Comparison comparison, std::int64_t threshold, AlertPeriod period,
               int days = 0) {
  AlertRule out;
  out.metric = metric;
  out.comparison = comparison;
  out.threshold = threshold * 100;
  out.period = period;
  out.days = days;
  return out;
}

AlertWindow window(AlertPeriod period, std::string_view today, int days = 0) {
  return window_of(rule(Metric::total_lessons, Comparison::above, 0, period, days), day(today));
}

AlertWindow days_of(std::string_view first, std::string_view last, std::string_view first_before,
                    std::string_view last_before) {
  return {{day(first), day(last)}, {day(first_before), day(last_before)}};
}

TEST(AlertWindow, of_days_ends_today_and_has_as_many_days_before) {
  EXPECT_EQ(window(AlertPeriod::days, "2026-03-04", 14),
            days_of("2026-02-19", "2026-03-04", "2026-02-05", "2026-02-18"));
}

TEST(AlertWindow, of_this_week_is_compared_with_the_same_days_of_the_last_one) {
  EXPECT_EQ(window(AlertPeriod::this_week, "2026-03-04"),
            days_of("2026-03-02", "2026-03-04", "2026-02-23", "2026-02-25"));
  EXPECT_EQ(window(AlertPeriod::last_week, "2026-03-04"),
            days_of("2026-02-23", "2026-03-01", "2026-02-16", "2026-02-22"));
}

TEST(AlertWindow, of_this_month_is_compared_with_as_much_of_the_last_one_as_there_is) {
  EXPECT_EQ(window(AlertPeriod::this_month, "2026-03-04"),
            days_of("2026-03-01", "2026-03-04", "2026-02-01", "2026-02-04"));
  EXPECT_EQ(window(AlertPeriod::this_month, "2026-03-31"),
            days_of("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"));
  EXPECT_EQ(window(AlertPeriod::last_month, "2026-01-31"),
            days_of("2025-12-01", "2025-12-31", "2025-11-01", "2025-11-30"));
}

TEST(AlertVerdict, is_raised_beyond_the_threshold_only) {
  auto cancellations = rule(Metric::cancellation_rate, Comparison::above, 20, AlertPeriod::this_week);
  EXPECT_FALSE(judge(cancellations, 20, {}).raised);
  EXPECT_TRUE(judge(cancellations, 20.01, {}).raised);
  auto lessons = rule(Metric::completed_lessons, Comparison::below, 1, AlertPeriod::days, 14);
  EXPECT_TRUE(judge(lessons, 0, {}).raised);
  EXPECT_FALSE(judge(lessons, 1, {}).raised);
}

TEST(AlertVerdict, of_a_change_is_in_percent_of_the_time_before) {
  auto revenue = rule(Metric::total_revenue, Comparison::fall, 30, AlertPeriod::last_month);
  EXPECT_EQ(judge(revenue, 70, 100), (Verdict{-30, true}));
  EXPECT_EQ(judge(revenue, 71, 100), (Verdict{-29, false}));
  EXPECT_EQ(judge(revenue, 170, 100), (Verdict{70, false}));
  revenue.comparison = Comparison::rise;
  EXPECT_EQ(judge(revenue, 170, 100), (Verdict{70, true}));
}

TEST(AlertVerdict, is_none_without_anything_to_go_by) {
  auto revenue = rule(Metric::total_revenue, Comparison::fall, 30, AlertPeriod::last_month);
  EXPECT_EQ(judge(revenue, 70, 0), Verdict{});
  EXPECT_EQ(judge(revenue, 70, {}), Verdict{});
  EXPECT_EQ(judge(rule(Metric::completion_rate, Comparison::below, 50, AlertPeriod::days, 7), {}, {}),
            Verdict{});
}

Finding found(const AlertRule& rule, double now, std::optional<double> before = {}) {
  return {now, before, judge(rule, now, before), "RUB", ""};
}

TEST(AlertText, says_figure_period_and_threshold) {
  auto cancellations = rule(Metric::cancellation_rate, Comparison::above, 20, AlertPeriod::this_week);
  auto text = wording(cancellations, found(cancellations, 33.33), "ru");
  EXPECT_EQ(text.title, "Доля отменённых уроков");
  EXPECT_EQ(text.message, "Доля отменённых уроков за эту неделю: 33,33\u00a0%. Порог: больше 20\u00a0%.");
  auto lessons = rule(Metric::completed_lessons, Comparison::below, 1, AlertPeriod::days, 14);
  lessons.name = "Нет уроков";
  text = wording(lessons, found(lessons, 0), "en");
  EXPECT_EQ(text.title, "Нет уроков");
  EXPECT_EQ(text.message, "Completed lessons in the last 14 days: 0. Threshold: below 1.");
}

TEST(AlertText, says_how_much_less_it_is_than_before_and_whose_it_is) {
  auto revenue = rule(Metric::total_revenue, Comparison::fall, 30, AlertPeriod::this_month);
  revenue.owner_id = "9";
  revenue.tutor_id = "1";
  auto finding = found(revenue, 1234567.5, 2000000);
  finding.tutor_name = "Ольга Ли";
  EXPECT_EQ(
      wording(revenue, finding, "ru").message,
      "Поступления за этот месяц: 1\u00a0234\u00a0567,50\u00a0₽, на 38,27\u00a0% меньше, чем за те же дни "
      "прошлого месяца (2\u00a0000\u00a0000\u00a0₽). Порог: падение на 30\u00a0%. Преподаватель: Ольга Ли.");
  EXPECT_EQ(wording(revenue, finding, "en").message,
            "Revenue this month: 1,234,567.50\u00a0₽, 38.27% less than the same days of last month "
            "(2,000,000\u00a0₽). Threshold: a fall by 30%. Tutor: Ольга Ли.");
}

}  // namespace
}  // namespace rb::analytics
