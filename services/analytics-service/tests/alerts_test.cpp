// Rules of alerts over HTTP.
#include <gmock/gmock.h>

#include <set>

#include "query/metric_value.hpp"
#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class Alerts : public ApiFixture {
 protected:
  static json::object rule(const json::object& more = {}) {
    json::object out{{"metric", "cancellation_rate"}, {"comparison", "above"}, {"threshold", 20.5}};
    for (const auto& [name, value] : more) out[name] = value;
    return out;
  }
  std::string made(const std::string& who, const json::object& more = {}) {
    clock_.advance(1s);
    auto answer = post("/api/v1/alerts", rule(more), who);
    EXPECT_EQ(answer.status, 201) << answer.text;
    return std::string(answer.body.at("id").as_string());
  }
  std::vector<std::string> names(const std::string& who, const std::string& query = "") {
    std::vector<std::string> out;
    for (const auto& item : get("/api/v1/alerts" + query, who).body.at("items").as_array())
      out.emplace_back(item.at("name").as_string());
    return out;
  }
};

TEST_F(Alerts, are_kept_as_they_were_made) {
  auto id = made("admin 9", {{"name", "Много отмен"}, {"period", "this_week"}, {"tutor_id", 1}});
  auto kept = get("/api/v1/alerts/" + id).body;
  EXPECT_EQ(kept.at("owner_id"), 9);
  EXPECT_EQ(kept.at("tutor_id"), 1);
  EXPECT_EQ(kept.at("threshold"), 20.5);
  EXPECT_EQ(kept.at("period"), "this_week");
  EXPECT_TRUE(kept.at("days").is_null());
  EXPECT_EQ(kept.at("cooldown_hours"), 24);
  EXPECT_EQ(kept.at("enabled"), true);
  EXPECT_TRUE(kept.at("value").is_null());
  EXPECT_EQ(get("/api/v1/alerts/" + made("admin 9")).body.at("days"), 30);
  EXPECT_EQ(get("/api/v1/alerts/" + made("admin 9", {{"currency", "usd"}})).body.at("currency"), "USD");
}

TEST_F(Alerts, of_a_tutor_are_about_themselves_and_seen_by_them_and_admins) {
  auto mine = made("tutor 1", {{"name", "mine"}});
  made("tutor 6", {{"name", "theirs"}});
  made("admin 9", {{"name", "school"}});
  EXPECT_EQ(get("/api/v1/alerts/" + mine, "tutor 1").body.at("tutor_id"), 1);
  EXPECT_THAT(names("tutor 1"), ElementsAre("mine"));
  EXPECT_THAT(names("admin 9"), ElementsAre("school", "theirs", "mine"));
  EXPECT_THAT(names("service bot"), ElementsAre("school", "theirs", "mine"));
  EXPECT_EQ(post("/api/v1/alerts", rule({{"tutor_id", 6}}), "tutor 1").status, 403);
  EXPECT_EQ(get("/api/v1/alerts/" + mine, "tutor 6").status, 403);
  EXPECT_EQ(put("/api/v1/alerts/" + mine, rule(), "tutor 6").status, 403);
  EXPECT_EQ(ask(http::Method::delete_, "/api/v1/alerts/" + mine, nullptr, "tutor 6").status, 403);
}

TEST_F(Alerts, are_changed_and_deleted) {
  auto id = made("tutor 1");
  auto changed = put("/api/v1/alerts/" + id, rule({{"threshold", 5}, {"enabled", false}}), "tutor 1");
  EXPECT_EQ(changed.status, 200) << changed.text;
  EXPECT_EQ(changed.body.at("threshold"), 5);
  EXPECT_EQ(changed.body.at("enabled"), false);
  auto by_admin = put("/api/v1/alerts/" + id, rule({{"threshold", 7}})).body;
  EXPECT_EQ(by_admin.at("threshold"), 7);
  EXPECT_EQ(by_admin.at("owner_id"), 1);
  EXPECT_EQ(by_admin.at("tutor_id"), 1) << "its owner is not told of the whole school";
  EXPECT_EQ(put("/api/v1/alerts/" + id, rule({{"tutor_id", 6}})).status, 403);
  EXPECT_EQ(ask(http::Method::delete_, "/api/v1/alerts/" + id, nullptr, "tutor 1").status, 204);
  EXPECT_EQ(get("/api/v1/alerts/" + id).status, 404);
}

TEST_F(Alerts, come_in_pages) {
  for (auto name : {"a", "b", "c"}) made("admin 9", {{"name", name}});
  EXPECT_THAT(names("admin 9", "?limit=2"), ElementsAre("c", "b"));
  auto cursor = get("/api/v1/alerts?limit=2").body.at("next_cursor").as_string();
  EXPECT_THAT(names("admin 9", "?limit=2&cursor=" + std::string(cursor)), ElementsAre("a"));
  EXPECT_THAT(names("admin 9", "?limit=2&offset=1"), ElementsAre("b", "a"));
  EXPECT_EQ(get("/api/v1/alerts?limit=1&with_total=true").body.at("total"), 3);
  EXPECT_EQ(get("/api/v1/alerts?limit=101").status, 422);
}

TEST_F(Alerts, go_by_the_figures_that_bear_their_names) {
  json::array events;
  auto add = [&](const std::string& type, int count, json::object data) {
    for (int i = 0; i < count; ++i) {
      auto id = std::to_string(events.size());
      for (const auto* thing : {"lesson_id", "payment_id", "homework_id"}) data[thing] = id;
      events.push_back(event("e" + id, type, data));
    }
  };
  add("lesson.completed", 3, {{"tutor_id", 1}, {"student_id", 2}, {"rating", 4.5}});
  add("lesson.completed", 1,
      {{"tutor_id", 1}, {"student_ids", {5, 11, 12, 13}}, {"attendance", "absent_excused"}});
  add("lesson.cancelled", 2, {{"tutor_id", 1}});
  add("lesson.missed", 1, {{"tutor_id", 1}});
  add("lesson.created", 3, {{"tutor_id", 1}, {"student_id", 2}, {"scheduled_at", "2026-03-01T10:00:00Z"}});
  add("payment.processed", 1, {{"amount", 700}});
  add("payment.refunded", 1, {{"amount", 100}});
  add("payment.failed", 7, {{"amount", 1}});
  add("homework.assigned", 6, {{"student_id", 2}, {"due_date", "2026-03-01"}});
  add("homework.submitted", 1, {{"student_id", 2}});
  auto handed_in = std::to_string(events.size() - 1);
  events.push_back(event("h", "homework.assigned", {{"homework_id", handed_in}, {"student_id", 2}}));
  tell(std::move(events));

  Question asked;
  asked.now = clock_.now();
  asked.last = parse_date("2026-03-02").value();
  asked.first = asked.last - std::chrono::days(6);
  auto shown = [&](const std::string& path, const char* part) {
    auto answer = get("/api/v1/analytics/" + path + "?days=7&timezone=UTC");
    return answer.body.at(part).as_object();
  };
  auto figures = shown("lessons/stats", "statistics");
  for (const auto& [name, value] : shown("payments/summary", "summary")) figures[name] = value;
  auto homework = shown("homework/analytics", "analytics");
  figures["overdue_homework"] = homework.at("overdue");
  figures["homework_completion_rate"] = homework.at("completion_rate");
  figures["cancellation_rate"] = 28.57;  // 2 of 7
  std::set<double> different;
  for (const auto& one : metrics()) {
    auto metric = parse_metric(one.name).value();
    auto found = wait(metric_value(db::reading(*database_), metric, Scope(asked)));
    EXPECT_EQ(found.value, figures.at(one.name).to_number<double>()) << one.name;
    different.insert(found.value.value_or(0));
  }
  EXPECT_EQ(different.size(), metrics().size()) << "or two of them could be mistaken for each other";
}

TEST_F(Alerts, that_say_nothing_sensible_are_refused) {
  auto refused = [&](const json::object& more) { return problems(post("/api/v1/alerts", rule(more))); };
  EXPECT_THAT(refused({{"metric", "happiness"}}), testing::StartsWith("metric must be one of"));
  EXPECT_THAT(refused({{"comparison", "near"}}), testing::StartsWith("comparison must be one of"));
  EXPECT_THAT(refused({{"period", "this_week"}, {"days", 3}}), testing::StartsWith("days goes with"));
  EXPECT_THAT(refused({{"cooldown_hours", 0}}), testing::StartsWith("cooldown_hours must be between"));
  auto incomplete = post("/api/v1/alerts", {{"metric", "total_lessons"}, {"comparison", "below"}});
  EXPECT_EQ(problems(incomplete), "threshold is required; ");
}

TEST_F(Alerts, of_one_person_are_a_hundred_at_most) {
  for (int i = 0; i < 100; ++i) made("tutor 1");
  EXPECT_EQ(post("/api/v1/alerts", rule(), "tutor 1").status, 409);
}

}  // namespace
}  // namespace rb::analytics
