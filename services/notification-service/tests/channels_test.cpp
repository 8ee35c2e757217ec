// The operator's view of the channels, and stopping them.
#include "store/channels.hpp"

#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

class ChannelsApi : public ApiFixture {
 protected:
  json::object channel(const std::string& name) {
    for (const auto& item : get("/api/v1/channels").body.at("items").as_array())
      if (item.at("channel").as_string() == name.c_str()) return item.as_object();
    ADD_FAILURE() << "no channel " << name;
    return {};
  }

  void waits(const std::string& id, Priority priority, Time due) {
    Message message;
    message.id = message.key = id;
    message.user_id = "2";
    message.type = "custom";
    message.channel = Channel::telegram;
    message.priority = priority;
    message.status = "pending";
    message.queued = true;
    message.created = message.due = message.event_at = due;
    wait(database_->transaction(
        [&](db::Transaction& tx) -> Task<> { co_await insert_messages(tx, {message}); }));
  }
};

TEST_F(ChannelsApi, tell_what_waits_by_priority_and_since_when) {
  auto now = clock_.now();
  waits("a", Priority::low, now - 5min);
  waits("b", Priority::urgent, now - 1min);
  waits("c", Priority::low, now);
  waits("d", Priority::high, now + 1h);
  auto queue = channel("telegram").at("queue").as_object();
  EXPECT_EQ(queue.at("waiting"), (json::object{{"high", 0}, {"low", 2}, {"normal", 0}, {"urgent", 1}}));
  EXPECT_EQ(queue.at("oldest_waiting"), "2026-03-02T11:55:00Z");
  EXPECT_EQ(queue.at("under_way"), 0);
  EXPECT_TRUE(channel("email").at("queue").at("oldest_waiting").is_null());
}

TEST_F(ChannelsApi, tell_who_paused_what_and_why_until_it_is_resumed) {
  EXPECT_EQ(channel("telegram").at("state"), "not_configured");
  auto paused = post("/api/v1/channels/telegram/pause", {{"reason", "опечатка"}});
  EXPECT_EQ(paused.status, 200);
  EXPECT_EQ(paused.body.at("state"), "paused");
  EXPECT_EQ(paused.body.at("by"), "9");
  EXPECT_EQ(paused.body.at("reason"), "опечатка");
  EXPECT_EQ(paused.body.at("since"), "2026-03-02T12:00:00Z");
  EXPECT_TRUE(paused.body.at("until").is_null());
  EXPECT_EQ(channel("email").at("state"), "not_configured");
  EXPECT_EQ(post("/api/v1/channels/telegram/resume", nullptr).body.at("state"), "not_configured");
}

TEST_F(ChannelsApi, a_changed_pause_remembers_its_beginning_and_a_later_one_does_not) {
  post("/api/v1/channels/email/pause", {{"reason", "one"}, {"until", "2026-03-02T12:20:00Z"}});
  clock_.advance(10min);
  auto longer = post("/api/v1/channels/email/pause", {{"reason", "two"}, {"until", "2026-03-02T12:30:00Z"}});
  EXPECT_EQ(longer.body.at("since"), "2026-03-02T12:00:00Z");
  EXPECT_EQ(longer.body.at("until"), "2026-03-02T12:30:00Z");
  clock_.advance(25min);
  EXPECT_EQ(channel("email").at("state"), "not_configured");
  EXPECT_EQ(post("/api/v1/channels/email/pause", {{"reason", "three"}}).body.at("since"),
            "2026-03-02T12:35:00Z");
}

TEST_F(ChannelsApi, refuse_what_is_no_pause) {
  EXPECT_EQ(post("/api/v1/channels/pigeon/pause", {{"reason", "x"}}).status, 404);
  EXPECT_EQ(post("/api/v1/channels/pigeon/resume", nullptr).status, 404);
  EXPECT_EQ(post("/api/v1/channels/email/pause", {{"reason", ""}}).status, 422);
  EXPECT_EQ(post("/api/v1/channels/email/pause", {{"until", "2026-03-02T14:00:00Z"}}).status, 422);
  auto past = post("/api/v1/channels/email/pause", {{"reason", "x"}, {"until", "2026-03-02T11:00:00Z"}});
  EXPECT_EQ(past.status, 422);
  EXPECT_EQ(past.body.at("errors").at(0).at("field"), "until");
}

TEST_F(ChannelsApi, forget_who_paused_when_that_person_is_erased) {
  post("/api/v1/channels/email/pause", {{"reason", "x"}});
  in_transaction([&](db::Transaction& tx) { erase_person(tx, "secret", "9", clock_.now()); });
  EXPECT_EQ(wait(load_pauses(reading(*database_))).at(Channel::email).by, "");
}

}  // namespace
}  // namespace rb::notification
