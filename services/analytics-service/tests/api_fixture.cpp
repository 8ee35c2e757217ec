#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

config::AppSettings settings(const char* secret) {
  config::Variables variables{{"JWT_SECRET_KEY", secret}};
  return config::read_settings(config::Source(std::move(variables))).value();
}

}  // namespace

ApiFixture::ApiFixture() {
  database_ = wait(db::open(loop_, {.url = "sqlite://:memory:"}));
  bus_ = bus::embedded_bus({loop_, clock_, *database_, [](const std::string& task, const std::string& what) {
                              ADD_FAILURE() << task << ": " << what;
                            }});
  service_ = wait(Service::create(
      {loop_, clock_, *database_, *bus_, registry_, settings(kSecret), kSecret, cache_.get()}));
  wait(bus_->start());
  json::array school;
  for (auto [student, tutor, parent] : {std::tuple{2, 1, 3}, std::tuple{5, 6, 7}}) {
    auto id = std::to_string(student);
    school.push_back(event("s" + id, "user.registered",
                           {{"user_id", student}, {"role", "student"}, {"tutor_ids", {tutor}}}));
    school.push_back(event("p" + id, "user.registered",
                           {{"user_id", parent}, {"role", "parent"}, {"children_ids", {student}}}));
  }
  school.push_back(event(
      "l", "lesson.created",
      {{"lesson_id", 70}, {"tutor_id", 1}, {"student_id", 2}, {"scheduled_at", "2026-03-03T10:00:00Z"}}));
  auto answer = post("/api/v1/events", school);
  EXPECT_EQ(answer.status, 202) << answer.text;
  until([&] { return logged() == 5; });
}

ApiFixture::~ApiFixture() {
  wait(bus_->stop());
  service_.reset();
  bus_.reset();
  wait(database_->close());
}

json::value ApiFixture::event(const std::string& id, const std::string& type, json::object data) {
  return {{"specversion", "1.0"},
          {"id", id},
          {"source", "/school"},
          {"type", type},
          {"time", "2026-03-02T11:00:00Z"},
          {"data", std::move(data)}};
}

void ApiFixture::tell(json::array events) {
  auto before = logged();
  auto answer = post("/api/v1/events", events);
  EXPECT_EQ(answer.status, 202) << answer.text;
  until([&] { return logged() == before + static_cast<std::int64_t>(events.size()); });
}

http::Response ApiFixture::streamed(const std::string& target, const std::string& who) {
  http::Request request;
  request.target = target;
  request.path = target.substr(0, target.find('?'));
  if (auto at = target.find('?'); at != std::string::npos)
    request.query = http::parse_form(target.substr(at + 1)).value();
  request.headers.set("Authorization", "Bearer " + token(who));
  auto response = wait(api().handle(request));
  EXPECT_EQ(response.status, 200) << target << response.body;
  return response;
}

std::int64_t ApiFixture::logged() {
  constexpr db::Query kCount{"count",
                             "select count(*) as n from analytics_event_log",
                             "select count(*) as n from analytics_event_log",
                             {}};
  return wait(database_->read(kCount, {})).integer(0, "n");
}

}  // namespace rb::analytics
