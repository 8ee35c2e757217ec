// Planning ahead over the API: once, again and again, with a lesson; rights; what is refused.
#include "store/events.hpp"
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

constexpr auto kSchedule = "/api/v1/notifications/schedule";

class ScheduleApi : public ApiFixture {
 protected:
  static std::string one(const Answered& a) {
    return std::string(kSchedule) + "/" + std::string(a.body.at("notification_id").as_string());
  }
  static std::string problem(const Answered& a) {
    EXPECT_EQ(a.status, 422) << a.text;
    const auto& first = a.body.at("errors").at(0);
    return std::string(first.at("field").as_string()) + " " + std::string(first.at("reason").as_string());
  }
  Answered weekly(const std::string& who = "admin 9") {
    return post(kSchedule,
                {{"user_id", 2},
                 {"message", "Завтра урок"},
                 {"scheduled_at", "2026-03-08T19:00:00"},
                 {"timezone", "Europe/Moscow"},
                 {"recurrence", "FREQ=WEEKLY;BYDAY=SU"}},
                who);
  }
};

TEST_F(ScheduleApi, what_comes_once_is_a_planned_message) {
  auto a = post(kSchedule, {{"user_id", 2}, {"message", "Завтра"}, {"send_at", "2026-03-03T09:00:00Z"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("scheduled_at"), "2026-03-03T09:00:00Z");
  auto message = messages_of_user("2").at(0);
  EXPECT_EQ(message.status, "scheduled");
  EXPECT_EQ(a.body.at("notification_id").as_string(), message.id);
}

TEST_F(ScheduleApi, what_recurs_tells_its_next_moment_and_makes_nothing_yet) {
  auto a = weekly();
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("next_at"), "2026-03-08T16:00:00Z");
  EXPECT_TRUE(messages_of_user("2").empty());
  auto view = get(one(a)).body;
  EXPECT_EQ(view.at("recurrence"), "FREQ=WEEKLY;BYDAY=SU");
  EXPECT_EQ(view.at("timezone"), "Europe/Moscow");
  EXPECT_EQ(view.at("message"), "Завтра урок");
}

TEST_F(ScheduleApi, lists_both_kinds_and_what_send_has_planned_the_next_first) {
  weekly();
  post(kSchedule, {{"user_id", 5}, {"message", "x"}, {"scheduled_at", "2026-03-03T09:00:00Z"}});
  post("/api/v1/notifications/send",
       {{"user_id", 2}, {"message", "x"}, {"scheduled_at", "2026-03-04T09:00:00Z"}});
  auto page = get(std::string(kSchedule) + "/list?limit=2").body;
  ASSERT_EQ(page.at("items").as_array().size(), 2U);
  EXPECT_EQ(page.at("items").at(0).at("next_at"), "2026-03-03T09:00:00Z");
  EXPECT_EQ(page.at("items").at(1).at("next_at"), "2026-03-04T09:00:00Z");
  auto rest =
      get(std::string(kSchedule) + "/list?limit=2&cursor=" + std::string(page.at("next_cursor").as_string()));
  ASSERT_EQ(rest.body.at("items").as_array().size(), 1U);
  EXPECT_EQ(rest.body.at("items").at(0).at("next_at"), "2026-03-08T16:00:00Z");
  EXPECT_EQ(get(std::string(kSchedule) + "/list?user_id=5").body.at("items").as_array().size(), 1U);
}

TEST_F(ScheduleApi, changes_time_and_text_of_what_comes_once) {
  auto made =
      post(kSchedule,
           {{"user_id", 2}, {"title", "Урок"}, {"message", "в 17"}, {"send_at", "2026-03-03T09:00:00Z"}});
  auto a =
      ask(http::Method::patch, one(made), {{"scheduled_at", "2026-03-04T09:00:00Z"}, {"message", "в 18"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("title"), "Урок");
  EXPECT_EQ(a.body.at("message"), "в 18");
  auto message = messages_of_user("2").at(0);
  EXPECT_EQ(message.due, clock_.now() + 45h);
  auto again = put(one(made), {{"priority", "urgent"}});
  EXPECT_EQ(again.body.at("message"), "в 18");
  EXPECT_EQ(messages_of_user("2").at(0).priority, Priority::urgent);
}

TEST_F(ScheduleApi, changes_a_recurrence) {
  auto made = weekly();
  auto a = ask(http::Method::patch, one(made), {{"recurrence", "FREQ=DAILY"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("next_at"), "2026-03-08T16:00:00Z");
  a = ask(http::Method::patch, one(made),
          {{"scheduled_at", "2026-03-02T20:00:00"}, {"timezone", "Europe/Moscow"}});
  EXPECT_EQ(a.body.at("next_at"), "2026-03-02T17:00:00Z");
}

TEST_F(ScheduleApi, takes_back_what_is_planned_once) {
  auto made = post(
      kSchedule,
      {{"user_id", 2}, {"message", "x"}, {"channels", {"telegram", "email"}}, {"send_at", "2026-03-03"}});
  ASSERT_EQ(made.status, 200) << made.text;
  auto id = std::string(made.body.at("task_id").as_string());
  EXPECT_EQ(ask(http::Method::delete_, "/api/v1/notifications/scheduled/" + id).body.at("success"), true);
  for (const auto& message : messages_of_user("2")) EXPECT_EQ(message.reason, "cancelled_by_admin");
  EXPECT_EQ(ask(http::Method::delete_, one(made)).status, 409);
  EXPECT_EQ(ask(http::Method::patch, one(made), {{"message", "y"}}).status, 409);
  EXPECT_EQ(get(std::string(kSchedule) + "/list?status=cancelled").body.at("items").as_array().size(), 1U);
  EXPECT_EQ(ask(http::Method::delete_, std::string(kSchedule) + "/nothing").status, 404);
}

TEST_F(ScheduleApi, forgets_what_was_taken_back_as_a_message) {
  auto made = post(kSchedule, {{"user_id", 2}, {"message", "x"}, {"send_at", "2026-03-03"}});
  post("/api/v1/notifications/" + std::string(made.body.at("notification_id").as_string()) + "/cancel",
       json::object());
  EXPECT_EQ(get(one(made)).body.at("status"), "cancelled");
}

TEST_F(ScheduleApi, goes_by_a_lesson) {
  in_transaction([this](db::Transaction& tx) {
    Lesson lesson;
    lesson.id = "77";
    lesson.tutor_id = "1";
    lesson.scheduled_at = clock_.now() + 24h;
    save_lessons(tx, {lesson});
  });
  auto a = post(kSchedule,
                {{"user_id", 2}, {"message", "Через полчаса"}, {"lesson_id", 77}, {"offset_minutes", 30}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(messages_of_user("2").at(0).due, clock_.now() + 23h + 30min);
  EXPECT_EQ(get(one(a)).body.at("lesson_id"), 77);
  EXPECT_EQ(problem(post(kSchedule, {{"user_id", 2}, {"message", "x"}, {"lesson_id", 78}})),
            "lesson_id is not a lesson whose time is known");
}

TEST_F(ScheduleApi, of_a_tutor_is_for_their_own_people_only) {
  EXPECT_EQ(weekly("tutor 1").status, 200);
  EXPECT_EQ(weekly("tutor 6").status, 403);
  EXPECT_EQ(weekly("parent 3").status, 403);
  auto made = weekly();
  EXPECT_EQ(get(one(made), "tutor 6").status, 403);
  EXPECT_EQ(ask(http::Method::delete_, one(made), nullptr, "tutor 6").status, 403);
  EXPECT_EQ(get(std::string(kSchedule) + "/list", "tutor 1").body.at("items").as_array().size(), 1U);
  EXPECT_EQ(get(std::string(kSchedule) + "/list?user_id=2", "tutor 1").body.at("items").as_array().size(),
            2U);
  EXPECT_EQ(get(std::string(kSchedule) + "/list?user_id=2", "tutor 6").status, 403);
}

TEST_F(ScheduleApi, says_what_is_wrong_with_a_request) {
  auto refused = [this](const json::object& extra) {
    json::object body = {{"user_id", 2}, {"message", "x"}};
    for (const auto& [name, value] : extra) body[name] = value;
    return problem(post(kSchedule, body));
  };
  EXPECT_EQ(refused({}), "scheduled_at is required");
  EXPECT_EQ(refused({{"scheduled_at", "2026-03-01T00:00:00Z"}}), "scheduled_at must lie in the future");
  EXPECT_EQ(refused({{"scheduled_at", "2026-04-01"}, {"timezone", "Mars/Olympus"}}),
            "timezone unknown time zone: Mars/Olympus");
  EXPECT_EQ(refused({{"scheduled_at", "2026-04-01"}, {"recurrence", "FREQ=DAILY;COUNT=0"}}),
            "recurrence COUNT must be a number from 1 to 10000");
  EXPECT_EQ(refused({{"scheduled_at", "2026-04-01"}, {"recurrence", "FREQ=HOURLY;BYMINUTE=0,5"}}),
            "recurrence comes more often than every 15 minutes");
  EXPECT_EQ(refused({{"scheduled_at", "2026-01-01"}, {"recurrence", "FREQ=DAILY;COUNT=3"}}),
            "recurrence names no moment after now");
}

}  // namespace
}  // namespace rb::notification
