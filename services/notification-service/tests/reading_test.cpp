// History, single notifications, templates, statistics, dead letters, events, and the document of it all.
#include <fstream>

#include "log/capture.hpp"
#include "store/counters.hpp"
#include "store/events.hpp"
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class Reading : public ApiFixture {
 protected:
  std::vector<std::string> five_messages() {
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) {
      ids.push_back(message_for("2", i == 0 ? "homework.assigned" : "lesson.cancelled"));
      clock_.advance(1s);
    }
    return ids;
  }
  // Homework of student 2 that the event «77» speaks of.
  void homework() {
    events::Event event;
    event.source = "/x";
    event.id = "77";
    event.type = "homework.assigned";
    event.time = clock_.now();
    event.data = {{"homework_id", "1"}, {"student_ids", json::array{"2"}}};
    wait(database_->transaction(
        [&](db::Transaction& tx) -> Task<> { co_await take_events(tx, {event}, clock_.now()); }));
  }
  void bury(const std::string& id, const std::string& body) {
    in_transaction([&](db::Transaction& tx) {
      service::DeadLetter letter{id, "notification.events", "not JSON", {}, clock_.now()};
      letter.message.routing_key = "user.registered";
      letter.message.message_id = "m-" + id;
      letter.message.body = body;
      service::add_dead_letter(tx, tables(), letter);
    });
    clock_.advance(1s);
  }
};

TEST_F(Reading, history_is_newest_first_in_pages) {
  auto ids = five_messages();
  auto first = get("/api/v1/notifications/user/2?limit=2&with_total=true");
  ASSERT_EQ(first.status, 200) << first.text;
  EXPECT_EQ(first.body.at("items").at(0).at("id").as_string(), ids[4]);
  EXPECT_EQ(first.body.at("notifications"), first.body.at("items"));
  EXPECT_EQ(first.body.at("total"), 5);
  auto cursor = std::string(first.body.at("next_cursor").as_string());
  auto second = get("/api/v1/notifications/history/2?limit=3&cursor=" + cursor);
  EXPECT_EQ(second.body.at("items").at(0).at("id").as_string(), ids[2]);
  EXPECT_TRUE(second.body.at("next_cursor").is_null());
  EXPECT_EQ(get("/api/v1/notifications/user/2?offset=4").body.at("items").as_array().size(), 1U);
}

TEST_F(Reading, a_trace_tells_the_story_of_a_message) {
  post("/api/v1/notifications/send",
       {{"user_id", 2}, {"message", "Привет"}, {"send_at", "2026-03-05T10:00:00Z"}});
  auto id = messages_of_user("2").at(0).id;
  post("/api/v1/notifications/" + id + "/cancel", nullptr);
  auto trace = get("/api/v1/notifications/" + id + "/trace");
  ASSERT_EQ(trace.status, 200) << trace.text;
  EXPECT_EQ(trace.body.at("status").as_string(), "cancelled");
  EXPECT_EQ(trace.body.at("summary").as_string(), "Отменено: отменено вручную, роль: admin.");
  EXPECT_EQ(trace.body.at("story").as_array().size(), 3U);
  EXPECT_EQ(get("/api/v1/notifications/" + id + "/trace?language=en").body.at("summary").as_string(),
            "Taken back: cancelled by hand, role: admin.");
  EXPECT_EQ(get("/api/v1/notifications/" + id + "/trace", "student 5").status, 403);
  EXPECT_EQ(get("/api/v1/notifications/none/trace").status, 404);
}

TEST_F(Reading, explains_why_an_event_reached_nobody) {
  homework();
  auto why = [&](const std::string& user, const std::string& who = "admin 9") {
    return get("/api/v1/notifications/explain?event_id=77&user_id=" + user, who);
  };
  EXPECT_EQ(why("5").body.at("explanation").at(0).as_string(),
            "Событие не об этом человеке и не о его детях.");
  EXPECT_EQ(why("5").body.at("event_id"), 77);
  EXPECT_EQ(why("5", "student 2").status, 403);
  EXPECT_EQ(get("/api/v1/notifications/explain?event_id=78&user_id=5").status, 404);
}

TEST_F(Reading, a_person_can_have_everything_that_is_held_about_them) {
  homework();
  five_messages();
  auto held = get("/api/v1/contacts/2/export", "student 2");
  ASSERT_EQ(held.status, 200) << held.text;
  EXPECT_EQ(held.body.at("contact").at("user_id"), 2);
  EXPECT_EQ(held.body.at("notifications").as_array().size(), 5U);
  EXPECT_EQ(held.body.at("events").at(0).at("id").as_string(), "77");
  EXPECT_THAT(std::string(held.headers.get("Content-Disposition")), HasSubstr("attachment"));
  EXPECT_TRUE(get("/api/v1/contacts/5/export").body.at("events").as_array().empty());
}

TEST_F(Reading, a_tutor_has_their_own_texts_among_what_is_held_about_them) {
  put("/api/v1/templates/lesson.cancelled", {{"title", "Отмена"}, {"body", "Увы."}}, "tutor 1");
  auto texts = get("/api/v1/contacts/1/export", "tutor 1").body.at("texts").as_array();
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_THAT(std::string(texts[0].at("source").as_string()), HasSubstr("Увы."));
  EXPECT_TRUE(get("/api/v1/contacts/6/export", "tutor 6").body.at("texts").as_array().empty());
}

TEST_F(Reading, history_is_filtered) {
  five_messages();
  auto count = [this](const std::string& filter) {
    return get("/api/v1/notifications/user/2?" + filter).body.at("items").as_array().size();
  };
  EXPECT_EQ(count("type=homework_assigned"), 1U);
  EXPECT_EQ(count("status=failed"), 5U);
  EXPECT_EQ(count("status=sent"), 0U);
  EXPECT_EQ(count("channel=telegram"), 5U);
  EXPECT_EQ(count("to_date=2026-03-02"), 5U);
  EXPECT_EQ(count("to_date=2026-03-01"), 0U);
  EXPECT_EQ(count("from_date=2026-03-02T12:00:03Z"), 2U);
}

TEST_F(Reading, history_refuses_what_it_cannot_follow) {
  for (const auto* query :
       {"limit=101", "limit=0", "cursor=abc", "from_date=soon", "channel=sms", "offset=-1"})
    EXPECT_EQ(get(std::string("/api/v1/notifications/user/2?") + query).status, 422) << query;
}

TEST_F(Reading, of_a_tutor_shows_lessons_of_their_students_only) {
  five_messages();
  auto a = get("/api/v1/notifications/user/2?with_total=true", "tutor 1");
  EXPECT_EQ(a.body.at("items").as_array().size(), 4U) << a.text;
  EXPECT_EQ(a.body.at("total"), 4);
  EXPECT_EQ(get("/api/v1/notifications/" + message_for("2", "homework.assigned"), "tutor 1").status, 403);
  EXPECT_EQ(get("/api/v1/notifications/" + message_for("2", "lesson.missed"), "tutor 1").status, 200);
}

TEST_F(Reading, a_childs_data_is_logged) {
  log::Capture log;
  get("/api/v1/notifications/user/2", "parent 3");
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_THAT(log.lines[0], HasSubstr(R"("reader":"3")"));
  get("/api/v1/notifications/user/2", "student 2");
  EXPECT_EQ(log.lines.size(), 1U);
}

TEST_F(Reading, one_notification_comes_with_its_attempts) {
  auto id = message_for("2", "lesson.cancelled");
  auto a = get("/api/v1/notifications/" + id);
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("user_id"), 2);
  EXPECT_EQ(a.body.at("error_message"), "chat not found");
  EXPECT_TRUE(a.body.at("attempts").as_array().empty());
  EXPECT_EQ(get("/api/v1/notifications/unknown").status, 404);
}

TEST_F(Reading, a_failed_notification_is_tried_again_and_then_taken_back) {
  auto path = "/api/v1/notifications/" + message_for("2", "lesson.cancelled");
  EXPECT_EQ(post(path + "/cancel", json::object()).status, 409);
  EXPECT_EQ(post(path + "/retry", json::object()).body.at("status"), "pending");
  EXPECT_EQ(post(path + "/retry", json::object()).status, 409);
  EXPECT_EQ(post(path + "/cancel", json::object()).body.at("status"), "cancelled");
  EXPECT_EQ(get(path).body.at("reason"), "cancelled_by_admin");
}

TEST_F(Reading, templates_tell_who_gets_them_and_who_may_switch_them_off) {
  auto a = get("/api/v1/templates");
  EXPECT_EQ(a.body.at("templates"), a.body.at("items"));
  auto row = [&](std::string_view name) -> json::value {
    for (const auto& item : a.body.at("items").as_array())
      if (item.at("name").as_string() == name) return item;
    return nullptr;
  };
  EXPECT_EQ(row("lesson.cancelled").at("title").at("ru"), "Отмена занятия");
  EXPECT_EQ(row("lesson.cancelled").at("switched_off_by"), (json::array{"student", "parent", "tutor"}));
  EXPECT_EQ(row("lesson.cancelled").at("languages"), (json::array{"ru", "en"}));
  EXPECT_TRUE(row("user.registered").at("switched_off_by").as_array().empty());
}

TEST_F(Reading, every_type_has_a_preview_in_both_languages) {
  for (const auto& type : notification_types())
    for (const auto* language : {"ru", "en"}) {
      auto a = post("/api/v1/templates/render",
                    {{"template_name", std::string(type.type)}, {"language", language}});
      ASSERT_EQ(a.status, 200) << type.type << a.text;
      EXPECT_FALSE(a.body.at("subject").as_string().empty()) << type.type;
      EXPECT_THAT(std::string(a.body.at("html_body").as_string()), HasSubstr("<html")) << type.type;
    }
}

TEST_F(Reading, a_preview_renders_a_given_source_and_names_the_line_of_its_mistake) {
  auto good = post(
      "/api/v1/notifications/template/render",
      {{"source", "Привет, {{ name }}!\n<b>{{ n }}</b>"}, {"context_data", {{"name", "A&B"}, {"n", 3}}}});
  EXPECT_EQ(good.body.at("html_body"), "Привет, A&amp;B!\n<b>3</b>") << good.text;
  EXPECT_EQ(good.body.at("body"), "Привет, A&B!\n3");
  EXPECT_EQ(good.body.at("subject"), "Привет, A&B!");
  auto bad = post("/api/v1/templates/render", {{"source", "a\nb\n{% if %}"}});
  EXPECT_EQ(bad.status, 422);
  EXPECT_EQ(bad.body.at("errors").at(0).at("field"), "source");
  EXPECT_THAT(bad.text, HasSubstr("line 3"));
  EXPECT_EQ(post("/api/v1/templates/render", {{"template_name", "holiday"}}).status, 422);
  EXPECT_EQ(post("/api/v1/templates/render", json::object()).status, 422);
}

TEST_F(Reading, statistics_count_what_was_sent) {
  Message sent;
  sent.channel = Channel::email;
  sent.type = "lesson.cancelled";
  sent.status = "sent";
  auto delivered = sent, failed = sent, suppressed = sent;
  delivered.status = "delivered";
  failed.status = "failed";
  suppressed.status = "suppressed";
  in_transaction([&](db::Transaction& tx) {
    count_finished(tx, {sent, delivered, delivered, failed, suppressed}, clock_.now());
  });
  auto a = get("/api/v1/notifications/stats/summary?from=2026-03-02T12:30:00Z&to=2026-03-02");
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("total"), 5);
  EXPECT_EQ(a.body.at("delivery_rate"), 0.75);
  EXPECT_EQ(a.body.at("by_status").at("delivered"), 2);
  EXPECT_EQ(a.body.at("by_channel").at("email"), 5);
  EXPECT_EQ(a.body.at("queue"), json::object());
  post("/api/v1/notifications/send", {{"user_id", 2}, {"message", "x"}});
  EXPECT_EQ(get("/api/v1/notifications/stats/summary").body.at("queue").at("pending"), 1);
  EXPECT_EQ(get("/api/v1/notifications/stats/summary?to=2026-03-01").body.at("total"), 0);
  EXPECT_TRUE(get("/api/v1/notifications/stats/summary?to=2026-03-01").body.at("delivery_rate").is_null());
}

TEST_F(Reading, statistics_tell_how_long_messages_took_and_can_be_those_of_one_person) {
  for (int i = 1; i <= 100; ++i) {
    Message m;
    m.id = m.key = "m" + std::to_string(i);
    m.user_id = i == 100 ? "3" : "2";
    m.type = "homework.assigned";
    m.channel = Channel::telegram;
    m.status = "delivered";
    m.lease_owner = "me";
    m.created = m.event_at = m.due = clock_.now();
    m.sent = clock_.now() + i * 1ms;
    wait(database_->transaction([&](db::Transaction& tx) -> Task<> {
      co_await insert_messages(tx, {m});
      record(tx, {{m, std::nullopt}}, "me", clock_.now());
    }));
  }
  auto all = get("/api/v1/notifications/stats/summary").body;
  EXPECT_NEAR(all.at("latency_ms").at("p50").to_number<double>(), 51, 3);
  EXPECT_NEAR(all.at("latency_ms").at("p99").to_number<double>(), 100, 5);
  auto one = get("/api/v1/notifications/stats/summary?user_id=3").body;
  EXPECT_EQ(one.at("total"), 1);
  EXPECT_EQ(one.at("by_type").at("homework.assigned"), 1);
  EXPECT_NEAR(one.at("latency_ms").at("p50").to_number<double>(), 100, 5);
  EXPECT_TRUE(get("/api/v1/notifications/stats/summary?user_id=4").body.at("latency_ms").is_null());
}

TEST_F(Reading, dead_letters_are_listed_newest_first_and_thrown_away) {
  bury("a", "{");
  bury("b", "[");
  auto page = get("/api/v1/dead-letters?limit=1");
  EXPECT_EQ(page.body.at("items").at(0).at("id"), "b") << page.text;
  auto next = get("/api/v1/dead-letters?cursor=" + std::string(page.body.at("next_cursor").as_string()));
  EXPECT_EQ(next.body.at("items").at(0).at("id"), "a");
  EXPECT_EQ(ask(http::Method::delete_, "/api/v1/dead-letters/a").status, 204);
  EXPECT_EQ(ask(http::Method::delete_, "/api/v1/dead-letters/a").status, 404);
  EXPECT_EQ(get("/api/v1/dead-letters").body.at("items").as_array().size(), 1U);
}

TEST_F(Reading, a_requeued_dead_letter_is_taken_as_if_it_came_anew) {
  bury("a", R"({"user_id":40,"role":"student","full_name":"Ира"})");
  EXPECT_EQ(post("/api/v1/dead-letters/a/requeue", json::object()).status, 200);
  EXPECT_EQ(post("/api/v1/dead-letters/a/requeue", json::object()).status, 404);
  until([this] { return person("40").known; });
}

TEST_F(Reading, a_tutors_events_end_at_their_own_students) {
  auto event = [](int student, const char* id) -> json::value {
    return {{"event_type", "achievement.earned"},
            {"event_id", id},
            {"data", {{"student_id", student}, {"title", "Ура"}}}};
  };
  auto mixed = post("/api/v1/events", json::array{event(2, "a"), event(5, "b")}, "tutor 1");
  EXPECT_EQ(mixed.status, 202);
  EXPECT_EQ(mixed.body.at("results").at(0).at("status"), "accepted") << mixed.text;
  EXPECT_EQ(mixed.body.at("results").at(1).at("status"), "rejected");
  EXPECT_EQ(post("/api/v1/events", event(5, "c"), "tutor 1").status, 403);
  EXPECT_EQ(post("/api/v1/events", event(5, "c"), "tutor 6").status, 202);
}

TEST_F(Reading, the_kept_openapi_document_is_that_of_this_service) {
  expect_kept_openapi("services/notification-service/openapi.json");
}

}  // namespace
}  // namespace rb::notification
