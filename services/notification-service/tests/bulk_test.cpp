// One text for many over the API: who gets it, dry runs, rights. Making and sending: tests/integration.
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using testing::HasSubstr;

constexpr auto kBulk = "/api/v1/notifications/bulk";

class BulkApi : public ApiFixture {
 protected:
  Answered bulk(json::object body, const std::string& who = "admin 9") {
    if (!body.contains("message")) body["message"] = "Новое расписание";
    return post(kBulk, body, who);
  }
  std::string people(json::object body, const std::string& who = "admin 9") {
    body["dry_run"] = true;
    auto a = bulk(std::move(body), who);
    EXPECT_EQ(a.status, 200) << a.text;
    std::string out;
    if (a.status != 200) return a.text;
    for (const auto& item : a.body.at("items").as_array()) out += json::to_text(item.at("user_id")) + " ";
    return out;
  }
};

TEST_F(BulkApi, is_for_named_people_or_for_a_segment) {
  EXPECT_EQ(people({{"user_ids", {2, "5", 2}}}), "2 5 ");
  EXPECT_EQ(people({{"segment", {{"role", "parent"}}}}), "3 7 ");
  EXPECT_EQ(people({{"segment", {{"tutor_id", 1}}}}), "2 3 ");
  EXPECT_EQ(people({{"segment", {{"tutor_id", 1}, {"role", "parent"}}}}), "3 ");
  EXPECT_EQ(bulk({}).status, 422);
  EXPECT_EQ(bulk({{"segment", json::object()}}).status, 422);
  EXPECT_EQ(bulk({{"user_ids", {2}}, {"segment", {{"role", "parent"}}}}).status, 422);
  EXPECT_THAT(bulk({{"segment", {{"tutor_id", 99}}}}).text, HasSubstr("holds nobody"));
}

TEST_F(BulkApi, of_a_tutor_reaches_their_own_people_only) {
  EXPECT_EQ(people({{"segment", {{"role", "student"}}}}, "tutor 1"), "2 ");
  EXPECT_EQ(bulk({{"user_ids", {2, 5}}}, "tutor 1").status, 403);
  EXPECT_EQ(bulk({{"segment", {{"tutor_id", 6}}}}, "tutor 1").status, 403);
  EXPECT_EQ(bulk({{"user_ids", {2}}}, "parent 3").status, 403);
}

TEST_F(BulkApi, a_dry_run_tells_who_gets_it_and_who_not_and_sends_nothing) {
  put("/api/v1/preferences/3", {{"telegram_enabled", false}, {"email_enabled", false}});
  in_transaction(
      [this](db::Transaction& tx) { erase_person(tx, runtime().rules.secret, "5", clock_.now()); });
  auto a = bulk({{"user_ids", {2, 3, 5}}, {"dry_run", true}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("status"), "dry_run");
  EXPECT_EQ(a.body.at("total"), 3);
  EXPECT_EQ(a.body.at("channels"), (json::object{{"telegram", 1}}));
  EXPECT_EQ(a.body.at("reasons"), (json::object{{"blocked_by_preferences", 1}, {"person_erased", 1}}));
  EXPECT_EQ(a.body.at("items").at(1).at("reason"), "blocked_by_preferences");
  EXPECT_FALSE(a.body.as_object().contains("batch_id"));
  EXPECT_TRUE(messages_of_user("2").empty());
}

TEST_F(BulkApi, marketing_is_for_those_who_agreed) {
  in_transaction([this](db::Transaction& tx) { save_consent(tx, {"3", "marketing", true, clock_.now()}); });
  auto a = bulk({{"segment", {{"role", "parent"}}}, {"purpose", "marketing"}, {"dry_run", true}});
  EXPECT_EQ(a.body.at("reasons"), (json::object{{"no_marketing_consent", 1}})) << a.text;
  EXPECT_EQ(a.body.at("channels"), (json::object{{"telegram", 1}}));
}

TEST_F(BulkApi, is_accepted_and_can_be_looked_at_and_stopped_by_its_sender) {
  auto a = bulk({{"user_ids", {2, 3}}}, "tutor 1");
  ASSERT_EQ(a.status, 202) << a.text;
  EXPECT_EQ(a.body.at("status"), "planned");
  EXPECT_EQ(a.body.at("total"), 2);
  EXPECT_EQ(a.body.at("progress"), 0);
  auto one = std::string(kBulk) + "/" + std::string(a.body.at("batch_id").as_string());
  EXPECT_EQ(get(one, "tutor 1").status, 200);
  EXPECT_EQ(get(one, "tutor 6").status, 403);
  EXPECT_EQ(get(std::string(kBulk) + "/nothing").status, 404);
  EXPECT_EQ(post(one + "/pause", json::object(), "tutor 6").status, 403);
  EXPECT_EQ(post(one + "/resume", json::object()).status, 409);
  EXPECT_EQ(post(one + "/pause", json::object()).body.at("status"), "paused");
  EXPECT_EQ(post(one + "/resume", json::object()).body.at("status"), "planned");
  EXPECT_EQ(post(one + "/cancel", json::object()).body.at("status"), "cancelled");
  EXPECT_EQ(post(one + "/pause", json::object()).status, 409);
  auto page = get(one + "/recipients?limit=1").body;
  EXPECT_EQ(page.at("items").at(0).at("user_id"), 2);
  EXPECT_EQ(get(one + "/recipients?cursor=" + std::string(page.at("next_cursor").as_string()))
                .body.at("items")
                .at(0)
                .at("user_id"),
            3);
}

TEST_F(BulkApi, refuses_a_text_that_cannot_be_rendered) {
  auto a = bulk({{"user_ids", {2}}, {"type", "lesson.cancelled"}, {"template_name", "lesson.cancelled"}});
  EXPECT_EQ(a.status, 422);
  EXPECT_THAT(a.text, HasSubstr("context_data"));
}

}  // namespace
}  // namespace rb::notification
