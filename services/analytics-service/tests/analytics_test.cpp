// The figures over the API: their keys and rights to whose they are, on a small school. What the numbers mean
// is tested in domain/, and that they agree with the log in tests/integration.
#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

constexpr auto kAnalytics = "/api/v1/analytics/";

class Analytics : public ApiFixture {
 protected:
  void SetUp() override {
    tell({event("c1", "lesson.completed",
                {{"lesson_id", 71},
                 {"tutor_id", 1},
                 {"student_id", 2},
                 {"completed_at", "2026-03-01T22:30:00Z"},  // in Moscow it is the 2nd
                 {"subject", "Физика"},
                 {"duration_minutes", 90},
                 {"price", "1500.50"},
                 {"tutor_pay", 900},
                 {"rating", 4.5}}),
          event("c2", "lesson.cancelled", {{"lesson_id", 72}, {"tutor_id", 6}, {"student_id", 5}}),
          event("p1", "payment.processed",
                {{"payment_id", 1},
                 {"amount", "4000"},
                 {"tutor_id", 1},
                 {"student_id", 2},
                 {"user_id", 3},
                 {"payment_method", "sbp"}}),
          event("h1", "homework.assigned", {{"homework_id", 1}, {"student_id", 2}, {"tutor_id", 1}}),
          event("m1", "material.accessed", {{"material_id", 1}, {"title", "Законы Ньютона"}, {"user_id", 2}}),
          event("n1", "user.updated", {{"user_id", 2}, {"full_name", "Аня Ким"}})});
  }
  json::value figures(const std::string& target, const std::string& who = "admin 9") {
    auto answer = get(kAnalytics + target, who);
    EXPECT_EQ(answer.status, 200) << target << ": " << answer.text;
    return answer.body;
  }
  int status(const std::string& target, const std::string& who = "admin 9") {
    return get(kAnalytics + target, who).status;
  }
};

TEST_F(Analytics, of_a_tutor_are_of_own_lessons_payments_and_students) {
  auto board = figures("dashboard/tutor?days=7", "tutor 1");
  EXPECT_EQ(board.at("role"), "tutor");
  const auto& data = board.at("data");
  EXPECT_EQ(data.at("lessons").at("completed_lessons"), 1);
  EXPECT_EQ(data.at("earnings").at("total_earnings"), 4000);
  EXPECT_EQ(data.at("earnings").at("tutor_pay"), 900);
  EXPECT_EQ(data.at("completion_trends").as_array().size(), 7U);
  EXPECT_EQ(data.at("subject_performance").at(0).at("subject"), "Физика");
  EXPECT_EQ(data.at("homework_analytics").at("total_assignments"), 1);
  EXPECT_EQ(data.at("homework_analytics").at("completed_assignments"),
            data.at("homework_analytics").at("submitted"));
  EXPECT_EQ(data.at("student_progress").at(0).at("student_name"), "Аня Ким");
  auto other = figures("dashboard/tutor?days=7", "tutor 6").at("data");
  EXPECT_EQ(other.at("lessons").at("cancelled_lessons"), 1);
  EXPECT_EQ(other.at("earnings").at("total_earnings"), 0);
  EXPECT_TRUE(other.at("student_progress").at(0).at("student_name").as_string().empty());
}

TEST_F(Analytics, of_the_school_are_for_admins) {
  auto data = figures("dashboard/admin?days=7").at("data");
  EXPECT_EQ(data.at("lessons").at("total_lessons"), 2);
  EXPECT_EQ(data.at("payments").at("total_revenue"), 4000);
  EXPECT_EQ(data.at("users").at("mau"), 3) << "the student, the tutor and the mother who paid";
  EXPECT_EQ(data.at("materials").at("views"), 1);
  EXPECT_EQ(data.at("tutor_earnings").at(0).at("tutor_id"), 1);
  EXPECT_EQ(data.at("revenue_trends").as_array().size(), 7U);
}

TEST_F(Analytics, of_a_family_are_of_its_own_children) {
  auto data = figures("dashboard/parent?days=7", "parent 3").at("data");
  EXPECT_EQ(data.at("children_progress").as_array().size(), 1U);
  EXPECT_EQ(data.at("lesson_summary").at("completed_lessons"), 1);
  ASSERT_EQ(data.at("payment_history").as_array().size(), 1U) << "the child's, and the payer's: once";
  EXPECT_EQ(data.at("payment_history").at(0).at("amount"), 4000);
  EXPECT_EQ(figures("dashboard/student?days=7", "student 2").at("data").at("material_usage").at("views"), 1);
  EXPECT_EQ(figures("lessons/stats?days=7", "student 5").at("statistics").at("completed_lessons"), 0);
  EXPECT_TRUE(
      figures("dashboard/parent?days=7", "parent 7").at("data").at("payment_history").as_array().empty());
}

TEST_F(Analytics, count_a_day_where_it_is_in_the_asked_zone) {
  auto day = [this](const std::string& zone) {
    auto trends = figures("lessons/stats?start_date=2026-03-01&end_date=2026-03-02&timezone=" + zone)
                      .at("completion_trends");
    return trends.at(0).at("completed").as_int64() == 1   ? 1
           : trends.at(1).at("completed").as_int64() == 1 ? 2
                                                          : 0;
  };
  EXPECT_EQ(day("UTC"), 1);
  EXPECT_EQ(day("Europe/Moscow"), 2);
}

TEST_F(Analytics, may_be_compared_with_the_period_before) {
  auto answer = figures("payments/summary?days=7&compare=previous");
  EXPECT_EQ(answer.at("summary").at("net_revenue"), 4000);
  EXPECT_EQ(answer.at("previous").at("net_revenue"), 0);
  EXPECT_EQ(answer.at("previous_period").at("end_date"), "2026-02-23");
  EXPECT_FALSE(figures("payments/summary?days=7").as_object().contains("previous"));
}

TEST_F(Analytics, know_a_currency_in_small_letters) {
  EXPECT_EQ(figures("payments/summary?currency=rub").at("summary"),
            figures("payments/summary?currency=RUB").at("summary"));
  EXPECT_EQ(figures("payments/summary?currency=rub").at("summary").at("net_revenue"), 4000);
}

TEST_F(Analytics, tell_what_is_left_of_a_balance) {
  auto items = figures("balances", "parent 3").at("items");
  ASSERT_EQ(items.as_array().size(), 1U);
  EXPECT_EQ(items.at(0).at("balance"), 2499.5);
  EXPECT_EQ(items.at(0).at("lessons_left"), 1);
  EXPECT_EQ(items.at(0).at("student_name"), "Аня Ким");
  EXPECT_TRUE(figures("balances", "tutor 6").at("items").as_array().empty());
}

TEST_F(Analytics, refuse_a_period_that_is_none) {
  for (const auto* wrong : {"days=7&start_date=2026-03-01", "start_date=2026-03-02&end_date=2026-03-01",
                            "days=0", "start_date=soon", "timezone=Mars/Base", "compare=other"})
    EXPECT_EQ(status(std::string("lessons/stats?") + wrong), 422) << wrong;
  EXPECT_EQ(status("dashboard/tutor"), 422) << "an admin says whose";
}

TEST_F(Analytics, are_fresh_to_the_last_event) {
  auto lessons = [this] {
    return figures("overview", "tutor 1").at("overview").at("completed_lessons").as_int64();
  };
  EXPECT_EQ(lessons(), 1);
  tell({event(
      "z1", "lesson.completed",
      {{"lesson_id", 70}, {"tutor_id", 1}, {"student_id", 2}, {"completed_at", "2026-03-02T10:00:00Z"}})});
  EXPECT_EQ(lessons(), 2);
}

}  // namespace
}  // namespace rb::analytics
