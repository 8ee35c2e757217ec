// Alerts: whoever made a rule is told when its figure goes beyond the threshold, and not again too soon.
#include "store/alerts.hpp"

#include "listening.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;

class Alerts : public Listening {
 protected:
  static AlertRule rule(Metric metric, Comparison comparison, int threshold, AlertPeriod period) {
    AlertRule out;
    out.id = "r1";
    out.owner_id = "9";
    out.metric = metric;
    out.comparison = comparison;
    out.threshold = std::int64_t{threshold} * 100;
    out.period = period;
    out.cooldown = 24h;
    return out;
  }
  void keep(const AlertRule& rule) {
    run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
      insert_alert(tx, rule, clock_.now());
      co_return;
    }));
  }
  // Lets time pass; then every rule has been evaluated and what was said has been heard.
  void evaluate_after(Micros time) {
    clock_.advance(time);
    auto since = std::to_string(to_micros(clock_.now()));
    until(
        [&] {
          clock_.advance(100ms);
          return count(
                     "select count(*) as n from analytics_alerts where enabled and "
                     "coalesce(evaluated_at, 0) < " +
                     since) == 0;
        },
        "a rule was not evaluated");
    wait_for_marker();
  }
  void wait_until_told(std::size_t times) {
    until(
        [&] {
          clock_.advance(100ms);
          return heard("analytics.alert").size() == times;
        },
        "nobody was told");
  }
  void lesson(int id, bool held) {
    auto now = format_iso(clock_.now());
    auto moment = held ? R"("completed_at":")" + now : R"("scheduled_at":")" + now;
    happens("l" + std::to_string(id), held ? "lesson.completed" : "lesson.cancelled",
            R"("tutor_id":1,"student_id":2,)" + moment + R"(","lesson_id":)" + std::to_string(id));
  }
};

TEST_P(Alerts, owner_is_told_when_data_go_beyond_the_threshold_and_again_after_the_cool_down_only) {
  auto cancellations = rule(Metric::cancellation_rate, Comparison::above, 20, AlertPeriod::this_week);
  cancellations.owner_id = cancellations.tutor_id = "1";
  keep(cancellations);
  happens("u", "user.registered", R"("user_id":1,"role":"tutor","language":"en")");
  lesson(1, true);
  evaluate_after(1h);
  EXPECT_TRUE(heard("analytics.alert").empty());
  lesson(2, false);
  wait_until_told(1);
  auto told = heard("analytics.alert").at(0);
  EXPECT_EQ(told.text("user_id"), "1");
  EXPECT_EQ(told.text("message"), "Share of cancelled lessons this week: 50%. Threshold: above 20%.");
  EXPECT_EQ(count("select value as n from analytics_alerts"), 5000);
  lesson(3, false);
  evaluate_after(2h);
  EXPECT_EQ(heard("analytics.alert").size(), 1U);
  restart();
  evaluate_after(3h);
  EXPECT_EQ(heard("analytics.alert").size(), 1U) << "the cool-down holds over restarts";
  evaluate_after(20h);
  ASSERT_EQ(heard("analytics.alert").size(), 2U);
  EXPECT_NE(heard("analytics.alert").at(1).id, told.id);
}

TEST_P(Alerts, what_only_time_brings_about_is_noticed_within_the_hour) {
  auto none = rule(Metric::completed_lessons, Comparison::below, 1, AlertPeriod::days);
  none.days = 14;
  none.tutor_id = "1";
  happens("u", "user.registered", R"("user_id":1,"role":"tutor","full_name":"Ольга Ли")");
  lesson(1, true);
  wait_for_events(2);
  keep(none);
  evaluate_after(1h);
  evaluate_after(24h * 12);
  EXPECT_TRUE(heard("analytics.alert").empty());
  evaluate_after(24h * 2);
  ASSERT_EQ(heard("analytics.alert").size(), 1U);
  auto told = heard("analytics.alert").at(0);
  EXPECT_EQ(told.text("user_id"), "9") << "whoever made the rule";
  EXPECT_EQ(told.text("tutor_id"), "1");
  EXPECT_EQ(told.text("message"),
            "Проведено уроков за последние 14 дней: 0. Порог: меньше 1. Преподаватель: Ольга Ли.");
}

TEST_P(Alerts, revenue_is_compared_with_the_month_before) {
  auto paid = [&](int id, int amount, const std::string& day) {
    happens("p" + std::to_string(id), "payment.processed",
            R"("payment_id":)" + std::to_string(id) + R"(,"student_id":2,"amount":)" +
                std::to_string(amount) + R"(,"processed_at":")" + day + R"(T12:00:00Z")");
  };
  paid(1, 100, "2026-10-10");
  paid(2, 71, "2026-11-10");
  wait_for_events(2);
  keep(rule(Metric::total_revenue, Comparison::fall, 30, AlertPeriod::last_month));
  evaluate_after(1h);
  EXPECT_TRUE(heard("analytics.alert").empty());
  happens("r", "payment.processed",
          R"("payment_id":2,"student_id":2,"amount":70,"processed_at":"2026-11-10T12:00:00Z")");
  wait_until_told(1);
  EXPECT_EQ(heard("analytics.alert").at(0).text("message"),
            "Поступления за прошлый месяц: 70\u00a0₽, на 30\u00a0% меньше, чем за позапрошлый месяц "
            "(100\u00a0₽). Порог: падение на 30\u00a0%.");
}

TEST_P(Alerts, rules_that_are_off_or_of_erased_people_say_nothing) {
  auto lessons = rule(Metric::completed_lessons, Comparison::below, 1, AlertPeriod::this_week);
  lessons.enabled = false;
  keep(lessons);
  lessons.id = "r2";
  lessons.enabled = true;
  lessons.owner_id = "5";
  happens("u", "user.registered", R"("user_id":5,"role":"tutor")");
  wait_for_events(1);
  keep(lessons);
  happens("d", "user.deleted", R"("user_id":5)");
  wait_for("select count(*) as n from analytics_alerts", 1);
  evaluate_after(2h);
  EXPECT_TRUE(heard("analytics.alert").empty());
}

class AlertsByTwo : public Alerts {};

// The third one, in this program, only listens: its clock stands still.
TEST_P(AlertsByTwo, are_told_once) {
  stop();
  clock_.set(SystemClock().now());  // or it would take messages of the others for abandoned ones
  start();
  auto first = another(), second = another();
  keep(rule(Metric::completed_lessons, Comparison::below, 1, AlertPeriod::this_week));
  until([this] { return !heard("analytics.alert").empty(); }, "nobody was told");
  auto first_time = count("select evaluated_at as n from analytics_alerts");
  lesson(1, false);
  until([&] { return count("select evaluated_at as n from analytics_alerts") > first_time; },
        "it was not evaluated again");
  wait_for_marker();
  EXPECT_EQ(heard("analytics.alert").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Backends, AlertsByTwo, testing::Values("distributed"),
                         [](const auto& info) { return info.param; });
INSTANTIATE_TEST_SUITE_P(Backends, Alerts, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
