#include "tests/calls.hpp"

namespace rb::notification {
namespace {

using namespace std::string_literals;
using http::Method;

constexpr auto kPlanned = "/api/v1/notifications/schedule", kBulk = "/api/v1/notifications/bulk";
constexpr auto kText = "Завтра занятия не будет.";

const std::vector<std::string> kAdmin = {"admin 9"}, kService = {"service bot"},
                               kStaff = {"admin 9", "service bot"},
                               kKnowing = {"admin 9", "service bot", "tutor 1"},
                               kWriters = {"admin 9", "tutor 1", "tutor 6"},
                               kTexts = {"admin 9", "service bot", "tutor 1", "tutor 6"},
                               kSelf = {"admin 9", "service bot", "tutor 1", "student 2"},
                               kFamily = {"admin 9", "service bot", "parent 3", "student 2"},
                               kLessons = {"admin 9", "service bot", "tutor 1", "parent 3", "student 2"},
                               kChangers = {"admin 9", "parent 3", "student 2"};

std::string text(const json::value& value) { return std::string(value.as_string()); }

}  // namespace

const std::vector<std::string> EveryEndpoint::kCallers = {
    "admin 9", "service bot", "tutor 1", "tutor 6", "parent 3", "parent 7", "student 2", "student 5"};

std::string EveryEndpoint::with_file(const std::string& user) {
  const json::object file{{"filename", "a.txt"}, {"content_type", "text/plain"}, {"content", "eA=="}};
  auto sent =
      post("/api/v1/notifications/send",
           {{"user_id", user}, {"channel", "inbox"}, {"message", kText}, {"attachments", json::array{file}}});
  return text(sent.body.at("notification_id"));
}

std::string EveryEndpoint::schedule() {
  const json::object in{{"user_id", 2}, {"message", kText}, {"scheduled_at", "2026-03-05T12:00:00Z"}};
  return kPlanned + ("/" + text(post(kPlanned, in, "tutor 1").body.at("notification_id")));
}

std::string EveryEndpoint::bulk(const std::string& then) {
  const json::object in{{"user_ids", {2}}, {"message", kText}};
  auto path = kBulk + ("/" + text(post(kBulk, in, "tutor 1").body.at("batch_id")));
  if (!then.empty()) post(path + "/" + then, nullptr, "tutor 1");
  return path;
}

std::vector<Call> EveryEndpoint::calls() {
  const json::object none, plan{{"user_id", 2}, {"message", kText}, {"scheduled_at", "2026-03-05T12:00:00Z"}};
  auto lesson = message_for("2", "lesson.cancelled");
  auto homework = message_for("2", "homework.assigned");
  const json::value event{{"type", "user.login"}, {"id", "1"}, {"data", {{"user_id", 2}}}};
  const std::string n = "/api/v1/notifications/";
  return {
      {Method::post, "/api/v1/events", event, kKnowing},
      {Method::post, "/api/v1/import", {{"people", "имя;роль\nБорис;ученик"}}, kTexts},
      {Method::post, n + "send", {{"user_id", 2}, {"message", kText}}, kKnowing},
      {Method::post, n + "batch", {{"notifications", {{{"user_id", 2}, {"message", kText}}}}}, kTexts},
      {Method::get, n + lesson, nullptr, kLessons},
      {Method::get, n + homework, nullptr, kFamily},
      {Method::get, n + lesson + "/trace", nullptr, kLessons},
      {Method::get, n + homework + "/trace", nullptr, kFamily},
      {Method::get, n + "explain?event_id=none&user_id=2", nullptr, kLessons},
      {Method::post, n + lesson + "/retry", none, kKnowing},
      {Method::post, n + lesson + "/cancel", none, kKnowing},
      {Method::get, n + "user/2", nullptr, kLessons},
      {Method::get, n + "history/2", nullptr, kLessons},
      {Method::get, n + "stats/summary", nullptr, kStaff},
      {Method::post, kPlanned, plan, kKnowing},
      {Method::get, kPlanned + "/list"s, nullptr, kTexts},
      {Method::get, kPlanned + "/list?user_id=2"s, nullptr, kKnowing},
      {Method::get, schedule(), nullptr, kKnowing},
      {Method::put, schedule(), {{"message", "Занятие начнётся в 18:00."}}, kKnowing},
      {Method::patch, schedule(), {{"message", "Занятие начнётся в 18:00."}}, kKnowing},
      {Method::delete_, schedule(), nullptr, kKnowing},
      {Method::post, kBulk, {{"user_ids", {2}}, {"message", kText}, {"dry_run", true}}, kKnowing},
      {Method::get, bulk(), nullptr, kKnowing},
      {Method::get, bulk() + "/recipients", nullptr, kKnowing},
      {Method::post, bulk() + "/pause", nullptr, kKnowing},
      {Method::post, bulk("pause") + "/resume", nullptr, kKnowing},
      {Method::post, bulk() + "/cancel", nullptr, kKnowing},
      {Method::get, "/api/v1/channels", nullptr, kAdmin},
      {Method::post, "/api/v1/channels/email/pause", {{"reason", "опечатка в шаблоне"}}, kAdmin},
      {Method::post, "/api/v1/channels/email/resume", nullptr, kAdmin},
      {Method::get, "/api/v1/contacts/2", nullptr, kSelf},
      {Method::get, "/api/v1/contacts/2/export", nullptr, kFamily},
      {Method::put, "/api/v1/contacts/2", {{"full_name", "Аня"}}, kSelf},
      {Method::post, "/api/v1/contacts/2/link", none, kSelf},
      {Method::post, "/api/v1/contacts/import", {{"contacts", json::array{none}}}, kTexts},
      {Method::get, "/api/v1/preferences/2", nullptr, kFamily},
      {Method::put, "/api/v1/preferences/2", none, kChangers},
      {Method::patch, "/api/v1/preferences/2", none, kChangers},
      {Method::get, "/api/v1/templates", nullptr, kTexts},
      {Method::post, "/api/v1/templates", {{"name", "custom"}, {"title", "Новости школы"}}, kWriters},
      {Method::get, "/api/v1/templates/custom", nullptr, kTexts},
      {Method::put, "/api/v1/templates/custom", {{"title", "Новости школы"}}, kWriters},
      {Method::get, "/api/v1/templates/custom/versions", nullptr, kTexts},
      {Method::post, "/api/v1/templates/custom/rollback", {{"version", 1}}, kWriters},
      {Method::delete_, "/api/v1/templates/custom", nullptr, kWriters},
      {Method::post, "/api/v1/templates/validate", {{"name", "custom"}, {"title", "Новости школы"}}, kTexts},
      {Method::post, "/api/v1/templates/render", {{"template_name", "custom"}}, kTexts},
      {Method::post, n + "template/render", {{"template_name", "custom"}}, kTexts},
      {Method::post, "/api/v1/telegram/link", {{"token", "x"}, {"chat_id", 1}}, kService},
      {Method::post, "/api/v1/telegram/chats/1/suspend", none, kService},
      {Method::post, "/api/v1/telegram/chats/1/resume", none, kService},
      {Method::get, "/api/v1/inbox", nullptr, kCallers},
      {Method::get, "/api/v1/inbox?user_id=2", nullptr, kFamily},
      {Method::post, "/api/v1/inbox/" + lesson + "/read", none, kCallers},
      {Method::post, "/api/v1/inbox/read-all", none, kCallers},
      {Method::get, "/api/v1/inbox/" + with_file("2") + "/attachments/1", nullptr, kFamily},
      {Method::get, "/api/v1/inbox/stream", nullptr, kCallers},
      {Method::post, "/api/v1/stream-tickets", none, kCallers},
      {Method::post, "/api/v1/auth/exchange", {{"user_id", 2}}, kService},
      {Method::get, "/api/v1/dead-letters", nullptr, kAdmin},
      {Method::post, "/api/v1/dead-letters/1/requeue", none, kAdmin},
      {Method::delete_, "/api/v1/dead-letters/1", nullptr, kAdmin},
      {Method::get, "/unsubscribe", nullptr, {}},
      {Method::post, "/unsubscribe", nullptr, {}},
  };
}

}  // namespace rb::notification
