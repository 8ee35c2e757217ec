// Contacts, links, preferences, unsubscribing.
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class People : public ApiFixture {
 protected:
  std::string unsubscribe_target(const std::string& payload) {
    return "/unsubscribe?token=" + runtime().tokens.sign("unsubscribe", payload, clock_.now() + 24h);
  }
  Answered post_form(const std::string& target, const std::string& body) {
    http::Request request;
    request.method = http::Method::post;
    request.target = target;
    request.body = body;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    return answer(std::move(request));
  }
};

TEST_F(People, are_shown_with_addresses_and_relatives) {
  auto a = get("/api/v1/contacts/2", "tutor 1");
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("user_id"), 2);
  EXPECT_EQ(a.body.at("roles").at(0), "student");
  EXPECT_EQ(a.body.at("parent_ids").at(0), 3);
  EXPECT_EQ(a.body.at("tutor_ids").at(0), 1);
  EXPECT_EQ(a.body.at("telegram_id"), 502);
  EXPECT_EQ(a.body.at("email"), "user2@example.test");
  EXPECT_EQ(get("/api/v1/contacts/77").status, 404);
}

TEST_F(People, change_and_stay_connected_at_both_ends) {
  auto a = put("/api/v1/contacts/20", {{"full_name", "Борис"},
                                       {"roles", {"student"}},
                                       {"parent_ids", {3}},
                                       {"tutor_ids", {1}},
                                       {"telegram_id", 555},
                                       {"address_form", "ты"},
                                       {"timezone", "Asia/Omsk"},
                                       {"is_minor", true}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(get("/api/v1/contacts/3").body.at("children_ids"), (json::array{2, 20}));
  EXPECT_EQ(put("/api/v1/contacts/20", {{"email", "b@example.test"}}).body.at("full_name"), "Борис");
  EXPECT_EQ(person("20").address(Channel::telegram)->value, "555");
}

TEST_F(People, with_wrong_fields_are_refused_by_name) {
  auto a = put("/api/v1/contacts/2", {{"email", "nobody"}, {"language", "de"}, {"roles", {"king"}}});
  EXPECT_EQ(a.status, 422);
  EXPECT_EQ(a.body.at("errors").as_array().size(), 3U) << a.text;
  EXPECT_THAT(put("/api/v1/contacts/2", {{"timezone", "Mars/Base"}}).text, HasSubstr("is not a time zone"));
}

TEST_F(People, come_in_lists_and_the_wrong_ones_are_told) {
  auto a = post("/api/v1/contacts/import",
                {{"contacts",
                  {{{"user_id", 21}, {"full_name", "Ира"}, {"tutor_ids", {1}}},
                   {{"full_name", "без номера"}},
                   {{"user_id", 5}, {"full_name", "Чужой"}},
                   {{"user_id", 31}, {"roles", {"parent"}}, {"children_ids", {21}}}}}},
                "tutor 1");
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("imported"), 2);
  EXPECT_EQ(a.body.at("errors").at(0).at("index"), 1);
  EXPECT_EQ(a.body.at("errors").at(1).at("index"), 2);
  EXPECT_EQ(person("31").children, std::vector<std::string>{"21"});
  EXPECT_EQ(person("5").full_name, "Аня Ким");
}

TEST_F(People, who_were_erased_do_not_come_back) {
  in_transaction(
      [this](db::Transaction& tx) { erase_person(tx, runtime().rules.secret, "2", clock_.now()); });
  EXPECT_EQ(put("/api/v1/contacts/2", {{"full_name", "Аня"}}).status, 409);
  EXPECT_EQ(post("/api/v1/contacts/2/link", json::object()).status, 409);
  EXPECT_EQ(put("/api/v1/preferences/2", {{"email_enabled", false}}).status, 409);
  EXPECT_FALSE(person("2").known);
}

TEST_F(People, link_their_chat_once) {
  auto link = post("/api/v1/contacts/2/link", json::object(), "tutor 1");
  ASSERT_EQ(link.status, 200) << link.text;
  EXPECT_TRUE(link.body.at("url").is_null());
  EXPECT_THAT(std::string(link.body.at("hint").as_string()), HasSubstr("/start "));
  EXPECT_EQ(link.body.at("expires_at"), "2026-03-03T12:00:00Z");

  json::value use{{"token", link.body.at("token")}, {"chat_id", 777}};
  auto used = post("/api/v1/telegram/link", use, "service bot");
  ASSERT_EQ(used.status, 200) << used.text;
  EXPECT_EQ(used.body.at("first_name"), "Аня");
  EXPECT_EQ(person("2").address(Channel::telegram)->value, "777");
  EXPECT_EQ(post("/api/v1/telegram/link", use, "service bot").status, 200);
  use.as_object()["chat_id"] = 778;
  EXPECT_EQ(post("/api/v1/telegram/link", use, "service bot").status, 409);
  EXPECT_EQ(post("/api/v1/telegram/link", {{"token", "no"}, {"chat_id", 1}}, "service bot").status, 404);
}

TEST_F(People, get_a_url_and_a_picture_when_the_bots_name_is_known) {
  service_->app().set_bot_name("school_bot");
  auto link = post("/api/v1/contacts/2/link", json::object());
  EXPECT_EQ(link.body.at("url").as_string(),
            "https://t.me/school_bot?start=" + std::string(link.body.at("token").as_string()));
  EXPECT_THAT(std::string(link.body.at("qr_svg").as_string()), HasSubstr("<svg "));
}

TEST_F(People, who_stop_the_bot_are_suspended_until_they_start_it_again) {
  auto stop = post("/api/v1/telegram/chats/502/suspend", {{"reason", "blocked"}}, "service bot");
  EXPECT_EQ(stop.body.at("people").at(0).at("user_id"), 2) << stop.text;
  EXPECT_EQ(person("2").address(Channel::telegram)->reason, "blocked");
  post("/api/v1/telegram/chats/502/resume", json::object(), "service bot");
  EXPECT_FALSE(person("2").address(Channel::telegram)->suspended);
  EXPECT_EQ(post("/api/v1/telegram/chats/1/resume", json::object(), "service bot").text,
            R"({"chat_id":1,"people":[]})");
}

TEST_F(People, set_their_preferences_whole_in_part_or_flat) {
  auto whole =
      put("/api/v1/preferences/3",
          {{"channels", {{"lesson.cancelled", {{"email", true}}}}}, {"reminder_minutes_before_lesson", 30}},
          "parent 3");
  ASSERT_EQ(whole.status, 200) << whole.text;
  EXPECT_EQ(whole.body.at("reminder_minutes_before_lesson"), json::array{30});

  auto patched = ask(http::Method::patch, "/api/v1/preferences/3",
                     {{"channels", {{"*", {{"telegram", false}}}}}}, "parent 3");
  EXPECT_EQ(patched.body.at("channels").as_object().size(), 2U) << patched.text;

  auto flat = put("/api/v1/preferences/3", {{"email_enabled", false}}, "parent 3");
  EXPECT_EQ(flat.body.at("success"), true);
  EXPECT_EQ(flat.body.at("telegram_enabled"), false);
  EXPECT_EQ(flat.body.at("channels").at("lesson.cancelled").at("email"), true);

  EXPECT_EQ(put("/api/v1/preferences/3", json::object(), "parent 3").body.at("channels"), json::object());
  auto shown = get("/api/v1/preferences/3", "parent 3");
  EXPECT_EQ(shown.body.at("user_id"), 3);
  EXPECT_EQ(shown.body.at("reminder_minutes_before_lesson"), json::array{60});
}

TEST_F(People, preferences_name_the_field_that_is_wrong) {
  auto a = put("/api/v1/preferences/3", {{"channels", {{"lesson.cancelled", {{"sms", true}}}}}});
  EXPECT_EQ(a.status, 422);
  EXPECT_EQ(a.body.at("errors").at(0).at("field"), "channels.lesson.cancelled");
}

TEST_F(People, see_every_preference_and_what_follows_for_each_type) {
  auto a = ask(http::Method::patch, "/api/v1/preferences/3",
               {{"children", {{"2", {{"channels", {{"lesson", {{"telegram", false}}}}}}}}},
                {"quiet_hours_start", "22:00"},
                {"quiet_hours_end", "08:00"},
                {"types", {{"homework", {{"digest_mode", "daily"}}}}},
                {"timezone", "Asia/Omsk"}},
               "parent 3");
  ASSERT_EQ(a.status, 200) << a.text;
  auto shown = get("/api/v1/preferences/3", "parent 3").body;
  EXPECT_EQ(shown.at("quiet_hours_end"), "08:00");
  EXPECT_EQ(shown.at("digest_mode"), "off");
  EXPECT_EQ(shown.at("digest_time"), "18:00");
  EXPECT_EQ(shown.at("timezone"), "Asia/Omsk");
  EXPECT_EQ(shown.at("language"), "ru");
  EXPECT_EQ(shown.at("channel_order"), (json::array{"telegram", "email"}));
  for (const auto& row : shown.at("matrix").as_array()) {
    EXPECT_NE(row.at("type"), "digest");
    if (row.at("type") == "homework.graded") {
      EXPECT_EQ(row.at("digest_mode"), "daily");
    }
    if (row.at("type") != "lesson.created") continue;
    EXPECT_EQ(row.at("channels").at("telegram"), true);
    EXPECT_EQ(row.at("children").at("2").at("telegram"), false);
    EXPECT_EQ(row.at("children").at("2").at("email"), true);
  }
  EXPECT_EQ(person("3").timezone, "Asia/Omsk");
}

TEST_F(People, wish_nothing_for_the_children_of_others) {
  auto a = ask(http::Method::patch, "/api/v1/preferences/3",
               {{"children", {{"5", {{"channels", {{"lesson", {{"telegram", false}}}}}}}}}}, "parent 3");
  EXPECT_EQ(a.status, 422) << a.text;
  EXPECT_EQ(a.body.at("errors").at(0).at("field"), "children.5");
}

TEST_F(People, keep_the_zone_they_chose_whatever_others_say) {
  ask(http::Method::patch, "/api/v1/preferences/3", {{"timezone", "Asia/Omsk"}}, "parent 3");
  put("/api/v1/contacts/3", {{"timezone", "Europe/Moscow"}});
  EXPECT_EQ(person("3").timezone, "Asia/Omsk");
}

TEST_F(People, see_what_a_link_would_switch_off_and_nothing_happens) {
  auto page = get(unsubscribe_target("3 lesson.cancelled"), "");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.text, HasSubstr("Отмена занятия"));
  EXPECT_THAT(page.text, HasSubstr("method=\"post\""));
  EXPECT_TRUE(person("3").preferences.cells.empty());
}

TEST_F(People, unsubscribe_by_one_click_from_one_type) {
  auto done = post_form(unsubscribe_target("3 lesson.cancelled"), "List-Unsubscribe=One-Click");
  EXPECT_EQ(done.status, 200) << done.text;
  EXPECT_EQ(person("3").preferences.cell("lesson.cancelled", Channel::email), false);
  EXPECT_EQ(person("3").preferences.cell("lesson.created", Channel::email), std::nullopt);
  EXPECT_EQ(person("3").preferences.cell("lesson.cancelled", Channel::telegram), std::nullopt);
}

TEST_F(People, unsubscribe_from_all_mails) {
  put("/api/v1/preferences/3", {{"channels", {{"lesson.created", {{"email", true}}}}}});
  post_form(unsubscribe_target("3 lesson.cancelled"), "scope=all");
  EXPECT_EQ(person("3").preferences.cell("lesson.created", Channel::email), false);
}

TEST_F(People, cannot_unsubscribe_from_what_nobody_may_switch_off) {
  auto page = post_form(unsubscribe_target("3 user.registered"), "List-Unsubscribe=One-Click");
  EXPECT_THAT(page.text, HasSubstr("отключить нельзя"));
  EXPECT_TRUE(person("3").preferences.cells.empty());
}

TEST_F(People, unsubscribe_only_with_a_link_of_ours) {
  EXPECT_EQ(get("/unsubscribe", "").status, 410);
  EXPECT_EQ(get("/unsubscribe?token=abc", "").status, 410);
  auto other = runtime().tokens.sign("ticket", "3 lesson.cancelled", clock_.now() + 1h);
  EXPECT_EQ(post_form("/unsubscribe?token=" + other, "").status, 410);
}

TEST_F(People, lose_an_address_that_is_put_as_null_or_empty) {
  auto put_and_get = [&](const json::value& body) {
    auto done = put("/api/v1/contacts/2", body);
    EXPECT_EQ(done.status, 200) << done.text;
    return get("/api/v1/contacts/2").body;
  };
  EXPECT_TRUE(put_and_get({{"email", nullptr}}).at("email").is_null());
  EXPECT_TRUE(put_and_get({{"telegram_id", ""}}).at("telegram_id").is_null());
  EXPECT_EQ(put_and_get({{"email", "back@example.test"}}).at("email"), "back@example.test");
  EXPECT_TRUE(put_and_get({{"email", ""}}).at("email").is_null());
  EXPECT_TRUE(get("/api/v1/contacts/2").body.at("addresses").as_array().empty());
  EXPECT_EQ(put_and_get({{"email", "new@example.test"}, {"telegram_id", 77}}).at("telegram_id"), 77);
  EXPECT_EQ(put_and_get({{"full_name", "Аня"}}).at("email"), "new@example.test") << "what is left out stays";
  post("/api/v1/contacts/import", {{"contacts", {{{"user_id", 2}, {"email", nullptr}}}}});
  EXPECT_TRUE(get("/api/v1/contacts/2").body.at("email").is_null());
}

TEST_F(People, webhook_shows_its_secret_to_its_owner_or_an_admin_when_it_is_set) {
  const json::value hook{{"webhook_url", "https://hooks.example/a"}};
  for (auto who : {"admin 9", "student 2"})
    EXPECT_TRUE(put("/api/v1/contacts/2", hook, who).body.as_object().contains("webhook_secret")) << who;
  for (auto who : {"tutor 1", "service bot"})
    EXPECT_FALSE(put("/api/v1/contacts/2", hook, who).body.as_object().contains("webhook_secret")) << who;
  auto read = get("/api/v1/contacts/2", "student 2").body.as_object();
  EXPECT_EQ(read.at("webhook_url"), "https://hooks.example/a");
  EXPECT_FALSE(read.contains("webhook_secret"));
  auto bad = put("/api/v1/contacts/2", {{"webhook_url", "http://hooks.example/a"}});
  EXPECT_EQ(bad.status, 422);
  EXPECT_EQ(bad.body.at("errors").at(0).at("field"), "webhook_url");
}

}  // namespace
}  // namespace rb::notification
