// The inbox over HTTP: what a person sees there, what is read, how a stream is opened.
#include "store/inbox.hpp"

#include <gmock/gmock.h>

#include "auth/jwt.hpp"
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class Inbox : public ApiFixture {
 protected:
  void keep(const std::string& user, const std::string& id, const std::string& type = "lesson.cancelled") {
    InboxEntry entry;
    entry.id = id;
    entry.user_id = user;
    entry.type = type;
    entry.title = "Занятие отменено";
    entry.html = "<b>Физика</b>";
    entry.plain = "Физика";
    entry.about = {{"lesson_id", 7}};
    wait(add_to_inbox(*database_, runtime().rules.secret, std::move(entry), clock_.now()));
  }
  static std::vector<std::string> ids(const Answered& answer) {
    std::vector<std::string> out;
    for (const auto& item : answer.body.at("items").as_array()) out.emplace_back(item.at("id").as_string());
    return out;
  }
  std::string ticket(const std::string& who) {
    return std::string(post("/api/v1/stream-tickets", json::object(), who).body.at("ticket").as_string());
  }
};

TEST_F(Inbox, shows_the_newest_first_and_counts_what_is_not_read) {
  for (auto id : {"a", "b", "c"}) keep("2", id);
  keep("5", "theirs");
  auto all = get("/api/v1/inbox", "student 2");
  EXPECT_THAT(ids(all), ElementsAre("c", "b", "a"));
  EXPECT_EQ(all.body.at("unread_count"), 3);
  EXPECT_EQ(all.body.at("last_event_id"), 3);
  const auto& item = all.body.at("items").at(0);
  EXPECT_EQ(item.at("html"), "<b>Физика</b>");
  EXPECT_EQ(item.at("text"), "Физика");
  EXPECT_EQ(item.at("data").at("lesson_id"), 7);
  EXPECT_TRUE(item.at("read_at").is_null());
}

TEST_F(Inbox, comes_in_pages) {
  for (auto id : {"a", "b", "c", "d", "e"}) keep("2", id);
  auto first = get("/api/v1/inbox?limit=2&with_total=true", "student 2");
  EXPECT_THAT(ids(first), ElementsAre("e", "d"));
  EXPECT_EQ(first.body.at("total"), 5);
  auto cursor = std::string(first.body.at("next_cursor").as_string());
  keep("2", "f");
  auto second = get("/api/v1/inbox?limit=2&cursor=" + cursor, "student 2");
  EXPECT_THAT(ids(second), ElementsAre("c", "b"));
  EXPECT_THAT(ids(get("/api/v1/inbox?limit=2&offset=4", "student 2")), ElementsAre("b", "a"));
  EXPECT_EQ(get("/api/v1/inbox?cursor=x", "student 2").status, 422);
}

TEST_F(Inbox, knows_what_has_been_read_and_keeps_the_first_moment) {
  for (auto id : {"a", "b", "c"}) keep("2", id);
  auto read = post("/api/v1/inbox/b/read", json::object(), "student 2");
  EXPECT_EQ(read.status, 200) << read.text;
  EXPECT_EQ(read.body.at("unread_count"), 2);
  clock_.advance(30min);
  auto again = post("/api/v1/inbox/b/read", json::object(), "student 2");
  EXPECT_EQ(again.body.at("read_at"), read.body.at("read_at"));
  EXPECT_THAT(ids(get("/api/v1/inbox?unread=true", "student 2")), ElementsAre("c", "a"));
  EXPECT_EQ(post("/api/v1/inbox/b/read", json::object(), "student 5").status, 404);
}

TEST_F(Inbox, is_read_whole_or_up_to_what_was_shown) {
  for (auto id : {"a", "b"}) keep("2", id);
  keep("2", "later");
  auto shown = post("/api/v1/inbox/read-all", {{"last_event_id", 2}}, "student 2");
  EXPECT_EQ(shown.body.at("read"), 2);
  EXPECT_EQ(shown.body.at("unread_count"), 1);
  EXPECT_EQ(post("/api/v1/inbox/read-all", json::object(), "student 2").body.at("unread_count"), 0);
}

TEST_F(Inbox, holds_a_message_once_however_often_it_is_tried) {
  keep("2", "a");
  keep("2", "a");
  keep("2", "b");
  EXPECT_THAT(ids(get("/api/v1/inbox", "student 2")), ElementsAre("b", "a"));
}

TEST_F(Inbox, of_an_erased_person_is_empty_and_stays_so) {
  keep("2", "a");
  in_transaction([&](db::Transaction& tx) { erase_person(tx, runtime().rules.secret, "2", clock_.now()); });
  keep("2", "b");
  EXPECT_THAT(ids(get("/api/v1/inbox?user_id=2")), ElementsAre());
}

TEST_F(Inbox, ticket_opens_one_stream_for_its_caller_within_a_minute) {
  auto good = ticket("student 2");
  EXPECT_EQ(get("/api/v1/inbox/stream?ticket=" + good, "").status, 200);
  EXPECT_EQ(get("/api/v1/inbox/stream?ticket=" + good, "").status, 401) << "a ticket is used once";
  auto old = ticket("student 2");
  clock_.advance(61s);
  EXPECT_EQ(get("/api/v1/inbox/stream?ticket=" + old, "").status, 401);
  EXPECT_EQ(get("/api/v1/inbox/stream?ticket=nonsense", "").status, 401);
  EXPECT_EQ(get("/api/v1/inbox?ticket=" + ticket("student 2"), "").status, 401) << "streams only";
}

TEST_F(Inbox, token_of_a_user_gives_a_service_that_users_rights_and_no_more) {
  auto answer = post("/api/v1/auth/exchange", {{"user_id", 3}}, "service bot");
  ASSERT_EQ(answer.status, 200) << answer.text;
  auto token = std::string(answer.body.at("access_token").as_string());
  auto as_parent = [&](const std::string& target) {
    http::Request request;
    request.target = target;
    request.headers.set("Authorization", "Bearer " + token);
    return this->answer(std::move(request)).status;
  };
  EXPECT_EQ(as_parent("/api/v1/inbox"), 200);
  EXPECT_EQ(as_parent("/api/v1/preferences/2"), 200) << "their child";
  EXPECT_EQ(as_parent("/api/v1/preferences/5"), 403);
  EXPECT_EQ(as_parent("/api/v1/dead-letters"), 403);
  clock_.advance(16min);
  EXPECT_EQ(as_parent("/api/v1/inbox"), 401) << "it is a short one";
}

TEST_F(Inbox, token_is_given_for_a_chat_too_but_for_nobody_unknown) {
  EXPECT_EQ(post("/api/v1/auth/exchange", {{"telegram_id", 502}}, "service bot").body.at("user_id"), 2);
  EXPECT_EQ(post("/api/v1/auth/exchange", {{"telegram_id", 1}}, "service bot").status, 404);
  EXPECT_EQ(post("/api/v1/auth/exchange", {{"user_id", 77}}, "service bot").status, 404);
  EXPECT_EQ(post("/api/v1/auth/exchange", json::object(), "service bot").status, 422);
  in_transaction([&](db::Transaction& tx) { erase_person(tx, runtime().rules.secret, "2", clock_.now()); });
  EXPECT_EQ(post("/api/v1/auth/exchange", {{"user_id", 2}}, "service bot").status, 409);
}

}  // namespace
}  // namespace rb::notification
