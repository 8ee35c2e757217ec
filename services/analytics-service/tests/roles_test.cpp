// Every endpoint against every kind of caller: who gets through, who gets 403, and 401 without a token.
#include <set>

#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using http::Method;

const std::vector<std::string> kCallers = {"admin 9",  "service bot", "tutor 1",   "tutor 6",
                                           "parent 3", "parent 7",    "student 2", "student 5"};
const std::vector<std::string> kAdmin = {"admin 9"}, kKnowing = {"admin 9", "service bot", "tutor 1"},
                               kAll = kCallers, kStaff = {"admin 9", "service bot"},
                               kTutors = {"admin 9", "service bot", "tutor 1", "tutor 6"},
                               kOfTutor = {"admin 9",  "service bot", "tutor 1",  "parent 3",
                                           "parent 7", "student 2",   "student 5"},
                               kOfStudent = {"admin 9", "service bot", "tutor 1", "parent 3", "student 2"},
                               kAlerted = {"admin 9", "tutor 1", "tutor 6"},
                               kParent = {"admin 9", "service bot", "parent 3"};

struct Call {
  Method method;
  std::string target;
  json::value body;
  std::vector<std::string> allowed;  // the others get 403
};

class Roles : public ApiFixture {
 protected:
  static std::vector<Call> calls() {
    const json::object none, rule{{"metric", "total_lessons"}, {"comparison", "below"}, {"threshold", 1}},
        rule_of_tutor{
            {"metric", "total_lessons"}, {"comparison", "below"}, {"threshold", 1}, {"tutor_id", 1}};
    const std::string a = "/api/v1/analytics/", e = "/api/v1/export/", c = "/api/v1/charts/";
    const json::object custom{{"data", json::array()}, {"config", {{"x", "a"}, {"y", "b"}}}};
    return {
        {Method::get, a + "overview", nullptr, kAll},
        {Method::get, a + "dashboard/admin", nullptr, kStaff},
        {Method::get, a + "dashboard/tutor?tutor_id=1", nullptr, kKnowing},
        {Method::get, a + "dashboard/tutor?tutor_id=1&student_id=2", nullptr, kKnowing},
        {Method::get, a + "dashboard/parent?student_id=2", nullptr, kParent},
        {Method::get, a + "dashboard/student?student_id=2", nullptr, kOfStudent},
        {Method::get, a + "lessons/stats", nullptr, kAll},
        {Method::get, a + "lessons/stats?student_id=2", nullptr, kOfStudent},
        {Method::get, a + "lessons/stats?tutor_id=1", nullptr, kOfTutor},
        {Method::get, a + "performance/subjects?student_id=2", nullptr, kOfStudent},
        {Method::get, a + "homework/analytics?student_id=2", nullptr, kOfStudent},
        {Method::get, a + "payments/summary?student_id=2", nullptr, kOfStudent},
        {Method::get, a + "payments/summary?tutor_id=1", nullptr, kOfTutor},
        {Method::get, a + "tutors/earnings", nullptr, kTutors},
        {Method::get, a + "tutors/earnings?tutor_id=1", nullptr, kKnowing},
        {Method::get, a + "balances", nullptr, kAll},
        {Method::get, a + "balances?student_id=2", nullptr, kOfStudent},
        {Method::get, a + "users/activity", nullptr, kStaff},
        {Method::get, a + "engagement/metrics", nullptr, kStaff},
        {Method::get, a + "materials/usage", nullptr, kAll},
        {Method::get, a + "materials/usage?student_id=2", nullptr, kOfStudent},
        {Method::get, a + "stream", nullptr, kAll},
        {Method::post, "/api/v1/stream-tickets", none, kAll},
        {Method::get, e + "lessons", nullptr, kAll},
        {Method::get, e + "lessons?student_id=2", nullptr, kOfStudent},
        {Method::get, e + "lessons?tutor_id=1", nullptr, kOfTutor},
        {Method::get, e + "payments?student_id=2", nullptr, kOfStudent},
        {Method::get, e + "payments?tutor_id=1", nullptr, kOfTutor},
        {Method::get, e + "homework?student_id=2", nullptr, kOfStudent},
        {Method::get, e + "homework?tutor_id=1", nullptr, kOfTutor},
        {Method::get, e + "materials?student_id=2", nullptr, kOfStudent},
        {Method::get, e + "materials?tutor_id=1", nullptr, kOfTutor},
        {Method::get, e + "users", nullptr, kStaff},
        {Method::get, e + "events", nullptr, kStaff},
        {Method::get, c + "types", nullptr, kAll},
        {Method::get, c + "lessons/completion", nullptr, kAll},
        {Method::get, c + "lessons/completion?student_id=2", nullptr, kOfStudent},
        {Method::get, c + "lessons/completion?tutor_id=1", nullptr, kOfTutor},
        {Method::get, c + "subjects/performance?student_id=2", nullptr, kOfStudent},
        {Method::get, c + "students/progress?student_id=2", nullptr, kKnowing},
        {Method::get, c + "revenue/trends", nullptr, kTutors},
        {Method::get, c + "tutors/earnings", nullptr, kTutors},
        {Method::get, c + "tutors/earnings?tutor_id=1", nullptr, kKnowing},
        {Method::get, c + "users/activity", nullptr, kStaff},
        {Method::get, c + "users/retention", nullptr, kStaff},
        {Method::get, c + "materials/usage?student_id=2", nullptr, kOfStudent},
        {Method::get, c + "dashboard/overview", nullptr, kTutors},
        {Method::get, c + "export/user_activity?format=html", nullptr, kStaff},
        {Method::get, c + "export/lesson_completion?format=html&student_id=2", nullptr, kOfStudent},
        {Method::post, c + "custom", custom, kAll},
        {Method::post, c + "render", json::object{{"figure", none}}, kAll},
        {Method::post, "/api/v1/events", event("1", "user.login", {{"user_id", 2}}), kKnowing},
        {Method::get, "/api/v1/alerts", nullptr, kTutors},
        {Method::post, "/api/v1/alerts", rule, kAlerted},
        {Method::post, "/api/v1/alerts", rule_of_tutor, {"admin 9", "tutor 1"}},
        {Method::get, "/api/v1/alerts/1", nullptr, kTutors},
        {Method::put, "/api/v1/alerts/1", rule, kAlerted},
        {Method::delete_, "/api/v1/alerts/1", nullptr, kAlerted},
        {Method::get, "/api/v1/dead-letters", nullptr, kAdmin},
        {Method::post, "/api/v1/dead-letters/1/requeue", none, kAdmin},
        {Method::delete_, "/api/v1/dead-letters/1", nullptr, kAdmin},
    };
  }
};

TEST_F(Roles, get_what_the_table_of_the_contract_gives_them) {
  for (const auto& call : calls()) {
    auto label = std::string(http::name(call.method)) + " " + call.target + " as ";
    EXPECT_EQ(ask(call.method, call.target, call.body, "").status, 401) << label << "nobody";
    for (const auto& who : kCallers) {
      bool allowed = std::ranges::find(call.allowed, who) != call.allowed.end();
      auto answer = ask(call.method, call.target, call.body, who);
      EXPECT_EQ(answer.status != 403, allowed) << label << who << ": " << answer.text;
      EXPECT_LT(answer.status, 500) << label << who << ": " << answer.text;
    }
  }
}

TEST_F(Roles, table_knows_every_endpoint) {
  std::set<const http::Endpoint*> called;
  for (const auto& call : calls())
    called.insert(api().find(call.method, call.target.substr(0, call.target.find('?'))));
  for (const auto& endpoint : api().endpoints()) {
    bool standard = endpoint->tag_name == "service" || endpoint->is_hidden;
    EXPECT_TRUE(standard || called.contains(endpoint.get()))
        << http::name(endpoint->method) << endpoint->path;
  }
}

}  // namespace
}  // namespace rb::analytics
