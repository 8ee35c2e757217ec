// Sending over the API: both request shapes, blocked, later, batches, and what is refused before it is
// accepted.
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr auto kSend = "/api/v1/notifications/send";

class Send : public ApiFixture {
 protected:
  Answered send(const json::value& body, const std::string& who = "admin 9") {
    return post(kSend, body, who);
  }
};

TEST_F(Send, takes_the_shape_of_the_service_and_queues_a_message) {
  auto a = send({{"user_id", 2},
                 {"channel", "email"},
                 {"recipient_address", "anya@example.test"},
                 {"type", "lesson_cancelled"},
                 {"title", "Занятия не будет"},
                 {"message", "Завтра & послезавтра"},
                 {"priority", "urgent"},
                 {"correlation_id", "c-1"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("success"), true);
  EXPECT_EQ(a.body.at("status"), "pending");
  auto all = messages_of_user("2");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(a.body.at("notification_id").as_string(), all[0].id);
  EXPECT_EQ(all[0].type, "lesson.cancelled");
  EXPECT_EQ(all[0].template_name, "custom");
  EXPECT_EQ(all[0].channel, Channel::email);
  EXPECT_EQ(all[0].priority, Priority::urgent);
  EXPECT_EQ(all[0].correlation_id, "c-1");
}

TEST_F(Send, takes_the_shape_of_the_bot_with_several_channels) {
  auto a = send({{"user_id", "2"},
                 {"channels", json::array{"telegram", "email"}},
                 {"subject", "Привет"},
                 {"message", "Текст"},
                 {"notification_type", "custom"},
                 {"template_data", json::object()},
                 {"metadata", {{"x", 1}}}});
  ASSERT_EQ(a.status, 200) << a.text;
  ASSERT_EQ(a.body.at("notification_ids").as_array().size(), 2U);
  EXPECT_EQ(a.body.at("notification_ids").at(0), a.body.at("notification_id"));
  EXPECT_EQ(messages_of_user("2").size(), 2U);
}

TEST_F(Send, uses_a_types_own_text_with_the_given_data) {
  auto a = send({{"user_id", 3},
                 {"template_name", "lesson_upcoming_reminder"},
                 {"context_data", {{"lesson", {{"id", 7}, {"subject", "Математика"}}}}}});
  ASSERT_EQ(a.status, 200) << a.text;
  auto all = messages_of_user("3");
  EXPECT_EQ(all.at(0).type, "lesson.reminder");
  EXPECT_EQ(all.at(0).audience, Audience::parent);
}

TEST_F(Send, plans_what_is_for_later_and_chooses_its_channel_then) {
  auto a = send({{"user_id", 2}, {"message", "Завтра"}, {"send_at", "2026-03-03T09:00:00Z"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("status"), "scheduled");
  EXPECT_EQ(a.body.at("scheduled_at"), "2026-03-03T09:00:00Z");
  EXPECT_EQ(messages_of_user("2").at(0).channel, std::nullopt);
}

TEST_F(Send, says_that_preferences_block_it_and_keeps_why) {
  put("/api/v1/preferences/2", {{"telegram_enabled", false}, {"email_enabled", false}});
  for (const auto& body : {json::value{{"user_id", 2}, {"message", "x"}},
                           json::value{{"user_id", 2}, {"message", "x"}, {"channel", "email"}}}) {
    auto a = send(body);
    EXPECT_EQ(a.status, 200);
    EXPECT_EQ(a.text, R"({"success":false,"reason":"blocked_by_preferences"})");
  }
  EXPECT_EQ(messages_of_user("2").at(0).status, "suppressed");
}

TEST_F(Send, sends_marketing_only_with_consent) {
  auto a = send({{"user_id", 3}, {"message", "Скидка"}, {"purpose", "marketing"}});
  EXPECT_EQ(a.body.at("reason"), "no_marketing_consent");
}

TEST_F(Send, does_not_write_to_erased_people) {
  in_transaction(
      [this](db::Transaction& tx) { erase_person(tx, runtime().rules.secret, "2", clock_.now()); });
  EXPECT_EQ(send({{"user_id", 2}, {"message", "x"}}).body.at("reason"), "person_erased");
  auto batch = post("/api/v1/notifications/batch", {{"notifications", {{{"user_id", 2}, {"message", "x"}}}}});
  EXPECT_EQ(batch.body.at("errors").at(0).at("reason"), "person_erased");
  EXPECT_TRUE(messages_of_user("2").empty());
}

TEST_F(Send, names_each_wrong_field) {
  EXPECT_EQ(problems(send(json::object())), "user_id is required; ");
  EXPECT_THAT(problems(send({{"user_id", 2}, {"message", "x"}, {"channel", "sms"}})),
              HasSubstr("channel must be one of: telegram, email, inbox, webhook"));
  EXPECT_THAT(problems(send({{"user_id", 2}, {"message", "x"}, {"channels", {"push"}}})),
              HasSubstr("channels[0] must be one of: telegram, email, inbox, webhook"));
  EXPECT_THAT(problems(send({{"user_id", 2}, {"message", 5}})), HasSubstr("message must be a string"));
  EXPECT_EQ(problems(send({{"user_id", 2}, {"type", "lesson.exploded"}})),
            "type lesson.exploded is not a notification type; ");
  EXPECT_EQ(problems(send({{"user_id", 2}})), "message is required; ");
  EXPECT_EQ(problems(send({{"user_id", 2}, {"message", "x"}, {"recipient_address", "1"}})),
            "recipient_address needs one channel; ");
  EXPECT_THAT(problems(send(
                  {{"user_id", 2}, {"message", "x"}, {"channel", "email"}, {"recipient_address", "nobody"}})),
              HasSubstr("recipient_address "));
}

TEST_F(Send, refuses_an_unknown_template_and_a_missing_variable_at_once) {
  EXPECT_EQ(problems(send({{"user_id", 2}, {"template_name", "holiday"}})),
            "template_name there is no template holiday; ");
  auto wrong = problems(send({{"user_id", 2}, {"type", "lesson.cancelled"}, {"scheduled_at", "2027-01-01"}}));
  EXPECT_THAT(wrong, HasSubstr("context_data"));
  EXPECT_THAT(wrong, HasSubstr("lesson"));
  EXPECT_TRUE(messages_of_user("2").empty());
}

TEST_F(Send, repeats_its_answer_for_the_same_idempotency_key) {
  auto ask_with_key = [this] {
    http::Request request;
    request.method = http::Method::post;
    request.target = kSend;
    request.body = R"({"user_id":2,"message":"x"})";
    request.headers = {{"Idempotency-Key", "k1"}, {"Authorization", "Bearer " + token("admin 9")}};
    return answer(std::move(request));
  };
  auto first = ask_with_key(), second = ask_with_key();
  ASSERT_EQ(first.status, 200) << first.text;
  EXPECT_EQ(first.text, second.text);
  EXPECT_EQ(second.headers.get("Idempotency-Replayed"), "true");
  EXPECT_EQ(messages_of_user("2").size(), 1U);
}

TEST_F(Send, of_a_tutor_reaches_their_own_students_and_parents_only) {
  EXPECT_EQ(send({{"user_id", 2}, {"message", "x"}}, "tutor 1").status, 200);
  EXPECT_EQ(send({{"user_id", 3}, {"message", "x"}}, "tutor 1").status, 200);
  EXPECT_EQ(send({{"user_id", 5}, {"message", "x"}}, "tutor 1").status, 403);
  EXPECT_EQ(
      send({{"user_id", 2}, {"message", "x"}, {"channel", "email"}, {"recipient_address", "a@b.example"}},
           "tutor 1")
          .status,
      403);
}

TEST_F(Send, takes_a_batch_and_tells_what_could_not_be_created) {
  auto a = post("/api/v1/notifications/batch",
                {{"correlation_id", "all"},
                 {"notifications",
                  {{{"user_id", 2}, {"message", "x"}},
                   {{"user_id", 2}, {"channel", "push"}, {"message", "x"}},
                   {{"user_id", 5}, {"message", "x"}}}}},
                "tutor 1");
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("total_created"), 1);
  EXPECT_EQ(a.body.at("created_ids").at(0).as_string(), messages_of_user("2").at(0).id);
  EXPECT_EQ(messages_of_user("2").at(0).correlation_id, "all");
  ASSERT_EQ(a.body.at("errors").as_array().size(), 2U);
  EXPECT_EQ(a.body.at("errors").at(0).at("index"), 1);
  EXPECT_EQ(a.body.at("errors").at(0).at("errors").at(0).at("field"), "channel");
  EXPECT_EQ(a.body.at("errors").at(1).at("index"), 2);
}

TEST_F(Send, takes_at_most_a_hundred_at_once) {
  json::array many(101, json::value{{"user_id", 2}, {"message", "x"}});
  EXPECT_THAT(problems(post("/api/v1/notifications/batch", {{"notifications", many}})),
              HasSubstr("notifications must have at most 100 items"));
}

TEST_F(Send, waits_for_the_end_of_the_quiet_hours_and_says_so) {
  // It is 15:00 in Moscow.
  put("/api/v1/preferences/2", {{"quiet_hours_start", "14:00"}, {"quiet_hours_end", "16:00"}});
  auto a = post("/api/v1/notifications/send", {{"user_id", 2}, {"message", "Привет"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("success"), true);
  EXPECT_EQ(a.body.at("status"), "deferred");
  EXPECT_EQ(a.body.at("reason"), "quiet_hours");
  EXPECT_EQ(a.body.at("scheduled_at"), "2026-03-02T13:00:00Z");
  auto urgent =
      post("/api/v1/notifications/send", {{"user_id", 2}, {"message", "Пожар"}, {"priority", "urgent"}});
  EXPECT_EQ(urgent.body.at("status"), "pending");
}

TEST_F(Send, what_waits_is_looked_at_again_when_preferences_change) {
  put("/api/v1/preferences/2", {{"quiet_hours_start", "14:00"}, {"quiet_hours_end", "16:00"}});
  post("/api/v1/notifications/send", {{"user_id", 2}, {"message", "Привет"}});
  put("/api/v1/preferences/2", json::object());
  auto message = messages_of_user("2").at(0);
  EXPECT_EQ(message.reason, "preferences_changed");
  EXPECT_EQ(message.due, clock_.now());
}

TEST_F(Send, keeps_the_distance_a_person_wishes_also_within_a_batch) {
  put("/api/v1/preferences/2", {{"min_interval_minutes", 30}});
  json::value one = {{"user_id", 2}, {"message", "Привет"}};
  json::array two{one, one};
  auto a = post("/api/v1/notifications/batch", {{"notifications", two}});
  ASSERT_EQ(a.body.at("total_created"), 2) << a.text;
  std::vector<std::string> states;
  for (const auto& m : messages_of_user("2")) states.push_back(m.status + " " + m.reason);
  EXPECT_THAT(states, testing::UnorderedElementsAre("pending ", "deferred min_interval"));
}

TEST_F(Send, files_are_kept_once_for_all_channels_and_told_by_field_when_they_are_wrong) {
  json::object pdf{{"filename", "a.pdf"}, {"content_type", "application/pdf"}, {"content", "JVBERi0xLjcK"}};
  json::object body{{"user_id", 2},
                    {"message", "x"},
                    {"channels", json::array{"telegram", "email"}},
                    {"attachments", json::array{pdf}}};
  EXPECT_EQ(post("/api/v1/notifications/send", body).status, 200);
  EXPECT_EQ(wait(database_->read({"files",
                                  "select count(*) as n from notification_attachments",
                                  "select count(*) as n from notification_attachments",
                                  {}},
                                 {}))
                .integer(0, "n"),
            1);
  auto wrong = [&](const char* member, const json::value& value) {
    auto file = pdf;
    file[member] = value;
    body["attachments"] = json::array{pdf, file};
    auto answer = post("/api/v1/notifications/send", body);
    EXPECT_EQ(answer.status, 422);
    return std::string(answer.body.at("errors").at(0).at("field").as_string());
  };
  EXPECT_EQ(wrong("filename", "a.exe"), "attachments[1].filename");
  EXPECT_EQ(wrong("content_type", "text/html"), "attachments[1].content_type");
  EXPECT_EQ(wrong("content", "***"), "attachments[1].content");
  body["attachments"] = json::array(11, pdf);
  EXPECT_EQ(post("/api/v1/notifications/send", body).body.at("errors").at(0).at("field"), "attachments");
}

}  // namespace
}  // namespace rb::notification
