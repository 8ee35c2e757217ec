// Kept answers: what is asked again is not computed again, and nothing that could be another one is kept.
#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;

constexpr auto kAnalytics = "/api/v1/analytics/";

class Answers : public ApiFixture {
 protected:
  Answered figures(const std::string& target, const std::string& who = "admin 9") {
    auto answer = get(kAnalytics + target, who);
    EXPECT_EQ(answer.status, 200) << target << ": " << answer.text;
    return answer;
  }
  std::string source(const std::string& target, const std::string& who = "admin 9") {
    return std::string(figures(target, who).headers.get("X-Cache"));
  }
  void lesson(int id, int tutor, int student) {
    tell({event("lesson" + std::to_string(id), "lesson.completed",
                {{"lesson_id", id},
                 {"tutor_id", tutor},
                 {"student_id", student},
                 {"completed_at", "2026-03-02T11:00:00Z"}})});
  }
};

TEST_F(Answers, are_the_same_bytes_when_nothing_has_changed) {
  for (const auto* target :
       {"overview", "dashboard/admin", "dashboard/tutor?tutor_id=1", "dashboard/parent?student_id=2",
        "dashboard/student?student_id=2", "lessons/stats", "performance/subjects", "homework/analytics",
        "payments/summary", "tutors/earnings", "balances", "users/activity", "engagement/metrics",
        "materials/usage", "dashboard/admin?compare=previous"}) {
    auto first = figures(target);
    EXPECT_EQ(first.headers.get("X-Cache"), "miss") << target;
    clock_.advance(1s);
    auto again = figures(target);
    EXPECT_EQ(again.headers.get("X-Cache"), "hit") << target;
    EXPECT_EQ(again.text, first.text) << target;
    EXPECT_EQ(again.headers.get("Content-Type"), "application/json");
  }
}

TEST_F(Answers, are_made_anew_after_events_that_matter_and_only_then) {
  const std::vector<std::pair<std::string, std::string>> of_first = {
      {"dashboard/tutor", "tutor 1"},
      {"dashboard/student", "student 2"},
      {"dashboard/parent", "parent 3"},
      {"payments/summary?student_id=2", "admin 9"},
      {"dashboard/tutor?tutor_id=1", "admin 9"}};
  for (const auto& [target, who] : of_first) source(target, who);
  source("lessons/stats");
  lesson(71, 6, 5);
  for (const auto& [target, who] : of_first) EXPECT_EQ(source(target, who), "hit") << target << who;
  EXPECT_EQ(source("lessons/stats"), "miss") << "the school's";
  lesson(72, 1, 2);
  for (const auto& [target, who] : of_first) EXPECT_EQ(source(target, who), "miss") << target << who;
  auto board = figures("dashboard/tutor", "tutor 1");
  EXPECT_EQ(board.body.at("data").at("lessons").at("completed_lessons"), 1);
}

// A payment that names no child is the payer's all the same.
TEST_F(Answers, of_a_parent_know_at_once_what_the_parent_has_paid) {
  auto payments = [&] {
    return figures("dashboard/parent", "parent 3").body.at("data").at("payment_history").as_array().size();
  };
  EXPECT_EQ(payments(), 0U);
  tell({event("y", "payment.processed", {{"payment_id", 1}, {"amount", 900}, {"user_id", 3}})});
  EXPECT_EQ(payments(), 1U);
}

// Until 12:30, when it is noon now.
TEST_F(Answers, change_when_a_lesson_that_nobody_has_marked_ends) {
  tell({event("o", "lesson.created",
              {{"lesson_id", 71},
               {"tutor_id", 1},
               {"student_id", 2},
               {"scheduled_at", "2026-03-02T11:45:00Z"},
               {"duration_minutes", 45}})});
  auto noon = clock_.now();
  auto unmarked = [&](const char* target, const char* who) {
    auto answer = figures(target, who).body;
    const auto* data = answer.as_object().if_contains("data");
    return data == nullptr ? answer.at("overview").at("unmarked_lessons")
                           : data->at("lessons").at("unmarked_lessons");
  };
  for (const auto& [target, who] : {std::pair("dashboard/tutor", "tutor 1"),
                                    {"dashboard/tutor?compare=previous", "tutor 1"},
                                    {"dashboard/admin", "admin 9"},
                                    {"overview", "tutor 1"}}) {
    clock_.set(noon);
    EXPECT_EQ(unmarked(target, who), 0) << target;
    clock_.advance(30min);
    EXPECT_EQ(source(target, who), "hit") << "it ends just now";
    clock_.advance(Micros(1));
    EXPECT_EQ(unmarked(target, who), 1) << target;
    EXPECT_EQ(source(target, who), "hit");
    clock_.set(noon);
    EXPECT_EQ(unmarked(target, who), 0) << "an instance whose clock is behind";
  }
}

// In Kamchatka it is midnight now.
TEST_F(Answers, change_when_homework_is_due) {
  tell({event("h1", "homework.assigned",
              {{"homework_id", 1}, {"student_id", 2}, {"tutor_id", 1}, {"due_date", "2026-03-02"}}),
        event(
            "h2", "homework.assigned",
            {{"homework_id", 2}, {"student_id", 2}, {"tutor_id", 1}, {"due_date", "2026-03-02T12:20:00Z"}})});
  auto overdue = [&](const std::string& zone) {
    return figures("homework/analytics?days=3&timezone=" + zone, "student 2")
        .body.at("analytics")
        .at("overdue");
  };
  EXPECT_EQ(overdue("Asia/Kamchatka"), 0);
  EXPECT_EQ(overdue("Europe/Moscow"), 0);
  clock_.advance(Micros(1));
  EXPECT_EQ(overdue("Asia/Kamchatka"), 1);
  EXPECT_EQ(overdue("Europe/Moscow"), 0);
  clock_.advance(20min);
  EXPECT_EQ(overdue("Asia/Kamchatka"), 2);
  EXPECT_EQ(overdue("Europe/Moscow"), 1);
}

// Planned are lesson 70 of tomorrow and one with another tutor at 12:30.
TEST_F(Answers, change_when_a_planned_lesson_begins) {
  tell(
      {event("c", "lesson.completed",
             {{"lesson_id", 71}, {"tutor_id", 6}, {"student_id", 2}, {"price", 1000}}),
       event(
           "o", "lesson.created",
           {{"lesson_id", 72}, {"tutor_id", 6}, {"student_id", 2}, {"scheduled_at", "2026-03-02T12:30:00Z"}}),
       event("y", "payment.processed", {{"payment_id", 1}, {"amount", 1000}, {"student_id", 2}})});
  auto noon = clock_.now();
  auto run_out = [&](const std::string& who) {
    return figures("balances", who).body.at("items").at(0).at("run_out_date");
  };
  for (const auto* who : {"student 2", "parent 3", "tutor 1", "tutor 6", "admin 9"}) {
    clock_.set(noon);
    EXPECT_EQ(run_out(who), "2026-03-02") << who;
    clock_.advance(30min);
    EXPECT_EQ(source("balances", who), "hit") << who;
    clock_.advance(Micros(1));
    EXPECT_EQ(run_out(who), "2026-03-03") << who;
  }
}

TEST_F(Answers, are_of_the_day_on_which_they_are_asked) {
  auto last = [&] {
    return figures("lessons/stats?timezone=Asia/Kamchatka").body.at("period").at("end_date");
  };
  clock_.advance(-1s);
  EXPECT_EQ(last(), "2026-03-02");
  clock_.advance(1s);
  EXPECT_EQ(last(), "2026-03-03");
}

// Each line is asked after those before it: none may find another's answer.
TEST_F(Answers, are_never_shared_by_those_who_ask_something_else) {
  const std::vector<std::pair<std::string, std::string>> asked = {
      {"lessons/stats", "admin 9"},
      {"lessons/stats", "tutor 1"},
      {"lessons/stats", "tutor 6"},
      {"lessons/stats", "parent 3"},
      {"lessons/stats", "student 2"},
      {"lessons/stats?student_id=2", "admin 9"},
      {"lessons/stats?student_id=2", "tutor 1"},
      {"lessons/stats?tutor_id=1", "admin 9"},
      {"lessons/stats?tutor_id=1", "parent 3"},
      {"lessons/stats?tutor_id=2", "admin 9"},
      {"lessons/stats?days=7", "admin 9"},
      {"lessons/stats?days=7&timezone=Asia/Tokyo", "admin 9"},
      {"lessons/stats?days=7&compare=previous", "admin 9"},
      {"lessons/stats?days=7&subject=1", "admin 9"},
      {"lessons/stats?start_date=2026-02-01&end_date=2026-02-07", "admin 9"},
      {"performance/subjects?days=7", "admin 9"},
      {"overview", "admin 9"},
      {"overview", "service bot"},
      {"overview", "tutor 1"},
      {"overview", "student 2"},
      {"overview", "parent 3"},
      {"payments/summary?currency=USD", "admin 9"},
      {"payments/summary?currency=RUB", "admin 9"},
      {"payments/summary", "admin 9"},
      {"balances", "admin 9"},
      {"balances?low=true", "admin 9"},
      {"balances", "tutor 1"},
      {"balances", "tutor 6"}};
  for (const auto& [target, who] : asked) EXPECT_EQ(source(target, who), "miss") << target << " as " << who;
  for (const auto& [target, who] : asked) EXPECT_EQ(source(target, who), "hit") << target << " as " << who;
}

TEST_F(Answers, are_shared_by_those_who_may_see_the_same_and_ask_the_same) {
  EXPECT_EQ(source("lessons/stats?days=1"), "miss");
  EXPECT_EQ(source("lessons/stats?start_date=2026-03-02"), "hit");
  EXPECT_EQ(source("lessons/stats?start_date=2026-03-02&end_date=2026-03-02", "admin 10"), "hit");
}

TEST_F(Answers, that_are_refusals_are_not_kept) {
  EXPECT_EQ(get(std::string(kAnalytics) + "dashboard/parent?student_id=2", "admin 9").status, 200);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(get(std::string(kAnalytics) + "dashboard/parent?student_id=2", "student 2").status, 403);
    EXPECT_EQ(get(std::string(kAnalytics) + "dashboard/tutor", "admin 9").status, 422);
  }
}

TEST_F(Answers, follow_what_becomes_of_people_at_once) {
  auto status = [&] {
    return get(std::string(kAnalytics) + "lessons/stats?student_id=5", "parent 3").status;
  };
  auto name = [&] {
    return figures("dashboard/tutor?days=3", "tutor 1")
        .body.at("data")
        .at("student_progress")
        .at(0)
        .at("student_name");
  };
  lesson(71, 1, 2);
  EXPECT_EQ(status(), 403);
  EXPECT_EQ(name(), "");
  tell({event("z1", "user.updated", {{"user_id", 2}, {"full_name", "Аня Ким"}}),
        event("z2", "user.updated", {{"user_id", 3}, {"children_ids", {2, 5}}}),
        event("z3", "user.updated", {{"user_id", 1}, {"timezone", "Asia/Tokyo"}})});
  EXPECT_EQ(status(), 200);
  EXPECT_EQ(name(), "Аня Ким");
  EXPECT_EQ(figures("lessons/stats", "tutor 1").body.at("period").at("timezone"), "Asia/Tokyo");
  tell({event("z4", "user.deleted", {{"user_id", 2}})});
  EXPECT_EQ(name(), "");
}

TEST_F(Answers, of_charts_are_kept_by_kind_and_language) {
  auto source = [&](const std::string& target) {
    auto answer = get("/api/v1/charts/" + target);
    EXPECT_EQ(answer.status, 200) << answer.text;
    return std::string(answer.headers.get("X-Cache"));
  };
  lesson(71, 1, 2);
  for (const auto* expected : {"miss", "hit"})
    for (const auto* target :
         {"lessons/completion", "lessons/completion?kind=bar", "lessons/completion?language=en",
          "dashboard/overview", "export/lesson_completion?format=svg",
          "export/lesson_completion?format=svg&width=500", "export/lesson_completion?format=png",
          "export/lesson_completion?format=svg&language=en", "export/lesson_completion?format=svg&kind=bar"})
      EXPECT_EQ(source(target), expected) << target;
  EXPECT_EQ(source("lessons/completion?language=ru"), "hit") << "as without a word";
}

// The figure decides, not where it comes from.
TEST_F(Answers, that_are_pictures_stay_when_their_figure_does) {
  auto picture = [&] { return get("/api/v1/charts/export/lesson_completion?format=png&days=3"); };
  auto first = picture();
  tell({event("g1", "user.login", {{"user_id", 2}, {"role", "student"}})});
  auto again = picture();
  EXPECT_EQ(again.headers.get("X-Cache"), "hit");
  EXPECT_EQ(again.headers.get("Content-Type"), "image/png");
  EXPECT_EQ(again.text, first.text);
  lesson(71, 1, 2);
  EXPECT_EQ(picture().headers.get("X-Cache"), "miss");
}

TEST_F(Answers, that_are_pictures_of_given_figures_keep_their_warnings) {
  const json::object given{
      {"figure", {{"data", {{{"type", "bar"}, {"y", {1, 2}}, {"nonsense", 1}}}}, {"layout", json::object()}}},
      {"format", "svg"}};
  auto first = post("/api/v1/charts/render", given), again = post("/api/v1/charts/render", given);
  EXPECT_EQ(first.headers.get("X-Cache"), "miss");
  EXPECT_EQ(again.headers.get("X-Cache"), "hit");
  EXPECT_EQ(again.text, first.text);
  EXPECT_THAT(std::string(first.headers.get("X-Chart-Warning")), testing::HasSubstr("nonsense"));
  EXPECT_EQ(again.headers.get("X-Chart-Warning"), first.headers.get("X-Chart-Warning"));
}

TEST_F(Answers, are_counted_by_where_they_come_from) {
  source("lessons/stats");
  source("lessons/stats");
  auto text = registry_.text();
  EXPECT_THAT(text, testing::HasSubstr("repitbot_cache_requests_total{result=\"hit\"} 1"));
  EXPECT_THAT(text, testing::HasSubstr("repitbot_cache_requests_total{result=\"miss\"} 1"));
}

}  // namespace
}  // namespace rb::analytics
