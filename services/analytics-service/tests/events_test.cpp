#include <gmock/gmock.h>

#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

class Events : public ApiFixture {
 protected:
  Answered tell(const json::value& events, const std::string& who = "admin 9") {
    return post("/api/v1/events", events, who);
  }
};

TEST_F(Events, are_accepted_once_and_each_is_told_what_became_of_it) {
  auto login = event("1", "user.login", {{"user_id", 2}});
  auto answer = tell({login, login, event("2", "weather.changed", {}), event("3", "user.login", {})});
  EXPECT_EQ(answer.status, 202) << answer.text;
  std::vector<std::string> states;
  for (const auto& result : answer.body.at("results").as_array())
    states.emplace_back(result.at("status").as_string());
  EXPECT_EQ(states, (std::vector<std::string>{"accepted", "duplicate", "ignored", "rejected"}));
  EXPECT_EQ(answer.body.at("results").at(3).at("reason"), "user_id: is required");
  EXPECT_EQ(answer.body.at("results").at(2).at("id"), "2");
  EXPECT_EQ(tell(login).body.at("duplicate"), 1);
  until([&] { return logged() == 6; });
  auto counted = get("/metrics").text;
  EXPECT_THAT(
      counted,
      testing::HasSubstr(R"(repitbot_events_total{result="ignored",service="analytics-service",type=""} 1)"));
  EXPECT_THAT(
      counted,
      testing::HasSubstr(
          R"(repitbot_events_total{result="rejected",service="analytics-service",type="user.login"} 1)"));
}

TEST_F(Events, that_are_all_rejected_are_422) { EXPECT_EQ(tell(event("1", "user.login", {})).status, 422); }

TEST_F(Events, are_a_thousand_at_most) {
  json::array many(1001, event("1", "user.login", {{"user_id", 2}}));
  EXPECT_EQ(tell(many).status, 413);
}

TEST_F(Events, of_a_tutor_are_about_their_own_lessons_and_students) {
  auto mine = event("1", "lesson.cancelled", {{"lesson_id", 70}});
  auto login = event("2", "user.login", {{"user_id", 3}});
  EXPECT_EQ(tell(mine, "tutor 6").status, 403);
  EXPECT_EQ(tell(login, "tutor 6").status, 403);
  EXPECT_EQ(tell({mine, login}, "tutor 1").body.at("accepted"), 2);
  auto made_up = event("3", "user.updated", {{"user_id", 5}, {"tutor_ids", {1}}});
  EXPECT_EQ(tell(made_up, "tutor 1").status, 403);
}

// Or the last event would make them the tutor of it.
TEST_F(Events, of_a_tutor_are_not_about_payments_and_homework_of_another) {
  tell({event("1", "payment.processed",
              {{"payment_id", 7}, {"amount", 9}, {"tutor_id", 6}, {"student_id", 5}}),
        event("2", "homework.assigned", {{"homework_id", 8}, {"tutor_id", 6}, {"student_id", 5}})});
  until([&] { return logged() == 7; });
  auto payment =
      event("3", "payment.processed", {{"payment_id", 7}, {"amount", 9}, {"tutor_id", 1}, {"student_id", 2}});
  auto homework = event("4", "homework.assigned", {{"homework_id", 8}, {"tutor_id", 1}, {"student_id", 2}});
  EXPECT_EQ(tell(payment, "tutor 1").status, 403);
  EXPECT_EQ(tell(homework, "tutor 1").status, 403);
  auto own =
      event("5", "payment.processed", {{"payment_id", 9}, {"amount", 9}, {"tutor_id", 1}, {"student_id", 2}});
  EXPECT_EQ(tell(own, "tutor 1").status, 202);
}

TEST_F(Events, that_the_bus_brings_and_nobody_understands_are_dead_letters_until_an_admin_decides) {
  auto publish = [&](std::string body) {
    wait(database_->transaction([&](db::Transaction& tx) -> Task<> {
      bus_->publish(tx, {.routing_key = "user.login", .body = body});
      co_return;
    }));
  };
  publish("no JSON");
  publish(json::to_text(event("4", "user.login", {{"user_id", 5}})));
  until([&] { return logged() == 6; });
  until([&] { return !get("/api/v1/dead-letters").body.at("items").as_array().empty(); });
  auto letter = get("/api/v1/dead-letters").body.at("items").at(0);
  EXPECT_EQ(letter.at("body"), "no JSON");
  EXPECT_EQ(letter.at("queue"), "analytics.events");
  auto target = "/api/v1/dead-letters/" + std::string(letter.at("id").as_string());
  EXPECT_EQ(ask(http::Method::delete_, target).status, 204);
  EXPECT_EQ(ask(http::Method::delete_, target).status, 404);
}

TEST_F(Events, have_a_kept_document) { expect_kept_openapi("services/analytics-service/openapi.json"); }

}  // namespace
}  // namespace rb::analytics
