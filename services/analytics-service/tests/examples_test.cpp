// The answers that the document of the API shows are those of a small school.
#include "testkit/examples.hpp"

#include <set>

#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using http::Method;

constexpr auto kKept = "services/analytics-service/api/examples.json";

class Examples : public ApiFixture {
 protected:
  void SetUp() override {
    tell({event("t1", "user.registered", {{"user_id", 1}, {"role", "tutor"}, {"full_name", "Ольга Ли"}}),
          event("n2", "user.updated", {{"user_id", 2}, {"full_name", "Аня Ким"}}),
          event("g2", "user.login", {{"user_id", 2}}), lesson("c1", 71, "2026-03-01T10:00:00Z", "1500.50"),
          lesson("c2", 72, "2026-02-24T10:00:00Z", "1500.50"),
          event("c3", "lesson.cancelled",
                {{"lesson_id", 73}, {"tutor_id", 1}, {"student_id", 2}, {"subject", "Физика"}}),
          event("y1", "payment.processed",
                {{"payment_id", 1},
                 {"amount", "5000"},
                 {"payment_method", "card"},
                 {"tutor_id", 1},
                 {"student_id", 2},
                 {"user_id", 3}}),
          event("h1", "homework.assigned",
                {{"homework_id", 1},
                 {"student_ids", {2}},
                 {"tutor_id", 1},
                 {"subject", "Физика"},
                 {"description", "Страница 5"},
                 {"due_date", "2026-03-10"}}),
          event("h2", "homework.submitted", {{"homework_id", 1}, {"student_id", 2}}),
          event("h3", "homework.graded", {{"homework_id", 1}, {"student_id", 2}, {"grade", 5}}),
          event("m1", "material.accessed",
                {{"material_id", 1}, {"title", "Ньютон"}, {"subject", "Физика"}, {"user_id", 2}})});
  }

  static json::value lesson(const std::string& id, int number, const std::string& completed,
                            const std::string& price) {
    return event(id, "lesson.completed",
                 {{"lesson_id", number},
                  {"tutor_id", 1},
                  {"student_id", 2},
                  {"scheduled_at", completed},
                  {"completed_at", completed},
                  {"subject", "Физика"},
                  {"topic", "Законы Ньютона"},
                  {"duration_minutes", 60},
                  {"price", price},
                  {"tutor_pay", 900},
                  {"rating", 5}});
  }

  // What an endpoint is asked beside its path.
  std::string target(const http::Endpoint& endpoint) {
    const auto& path = endpoint.path;
    if (path.ends_with("/parent") || path.ends_with("/student") || path.ends_with("students/progress"))
      return path + "?student_id=2";
    if (path.ends_with("dashboard/tutor")) return path + "?tutor_id=1";
    if (path.ends_with("/{chart}")) return "/api/v1/charts/export/lesson_completion?format=html";
    if (path == "/api/v1/alerts/{id}") return "/api/v1/alerts/" + rule_;
    return path;
  }
  static json::value body(const http::Endpoint& endpoint) {
    if (endpoint.path == "/api/v1/events") return event("g3", "user.login", {{"user_id", 3}});
    return endpoint.request_example.value_or(json::object());
  }
  // Which have no example, or one of their own: a stream, this document, pictures, what cannot be had in a
  // quiet school.
  static bool is_passed_over(const http::Endpoint& endpoint) {
    static const std::set<std::string> kPassedOver = {"/api/v1/analytics/stream", "/openapi.json",
                                                      "/api/v1/charts/render",
                                                      "/api/v1/dead-letters/{id}/requeue"};
    return endpoint.is_hidden || endpoint.method == Method::delete_ || kPassedOver.contains(endpoint.path);
  }
  json::value told(const http::Endpoint& endpoint, const std::string& target) {
    auto answer = ask(endpoint.method, target, body(endpoint));
    EXPECT_LT(answer.status, 300) << target << answer.text;
    return testkit::shortened(answer.body.is_null() ? json::value(answer.text) : answer.body);
  }
  // By their types.
  json::value rows(const http::Endpoint& endpoint) {
    json::object out;
    for (std::string format : {"csv", "json", "ndjson"}) {
      auto response = streamed(endpoint.path + "?format=" + format);
      Written got;
      wait(response.stream(got));
      out[response.headers.get("Content-Type")] = format == "json"
                                                      ? testkit::shortened(json::parse(got.text).value())
                                                      : json::value(two_lines(got.text));
    }
    return out;
  }
  static std::string two_lines(const std::string& text) {
    auto end = text.find('\n', text.find('\n') + 1);
    return text.substr(0, end == std::string::npos ? end : end + 1);
  }

  // By «METHOD /path».
  json::object given() {
    auto rule = post("/api/v1/alerts", body(*api().find(Method::post, "/api/v1/alerts")));
    rule_ = rule.body.at("id").as_string();
    json::object out;
    for (bool changing : {false, true})  // what changes the figures comes last
      for (const auto& endpoint : api().endpoints()) {
        if (is_passed_over(*endpoint) || changing != (endpoint->method != Method::get)) continue;
        auto key = std::string(http::name(endpoint->method)) + " " + endpoint->path;
        bool of_rows = endpoint->path.starts_with("/api/v1/export/");
        out[key] = of_rows ? rows(*endpoint) : told(*endpoint, target(*endpoint));
      }
    return out;
  }

  std::string rule_;
};

TEST_F(Examples, in_the_document_are_like_real_answers) { testkit::expect_kept_examples(kKept, given()); }

TEST_F(Examples, of_figures_and_rows_are_the_real_answers) {
  auto real = given();
  for (const auto& endpoint : api().endpoints()) {
    const auto& path = endpoint->path;
    auto key = "GET " + path;
    if (!real.contains(key) || (endpoint->tag_name != "analytics" && endpoint->tag_name != "export"))
      continue;
    EXPECT_EQ(json::to_text(endpoint->answer_example.value_or(nullptr)), json::to_text(real.at(key))) << path;
  }
}

TEST_F(Examples, are_given_for_everything_that_is_sent) { testkit::expect_examples_everywhere(api()); }

}  // namespace
}  // namespace rb::analytics
