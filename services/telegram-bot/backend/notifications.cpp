#include "backend/notifications.hpp"

#include <fmt/format.h>

#include "auth/jwt.hpp"

namespace rb::bot {

BOOST_DESCRIBE_STRUCT(Person, (), (first_name, language))

namespace {

struct Chat {
  std::vector<Person> people;
};
BOOST_DESCRIBE_STRUCT(Chat, (), (people))

constexpr auto kDeadline = std::chrono::seconds(10);
constexpr auto kSignOfLife = std::chrono::seconds(2);
constexpr auto kTokenLife = std::chrono::minutes(1);

// What an answer that is no success means for the call.
Error error_of(int status, const std::string& url) {
  switch (status) {
    case 401:
    case 403:
      return {Errc::unavailable, url + " does not accept our token: is its JWT_SECRET_KEY another one?", {}};
    case 404:
      return {Errc::not_found, url + ": not found", {}};
    case 409:
      return {Errc::conflict, url + ": conflict", {}};
    case 400:
    case 422:
      return {Errc::rejected, fmt::format("{}: HTTP {}", url, status), {}};
    default:
      return {Errc::unavailable, fmt::format("{}: HTTP {}", url, status), {}};
  }
}

template <class T>
Result<T> read(const Result<json::value>& answer) {
  if (!answer) return fail(answer.error());
  auto out = json::read<T>(*answer);
  if (!out) return fail(Errc::unavailable, "notification-service: " + out.error().message);
  return out;
}

}  // namespace

Notifications::Notifications(http::Client& http, const Clock& clock, NotificationsSettings settings)
    : http_(http), clock_(clock), settings_(std::move(settings)) {}

Task<Result<json::value>> Notifications::post(std::string path, json::value body) {
  auto now = clock_.now();
  auto token = auth::make_token({"telegram-bot", {auth::Role::service}, {}, now + kTokenLife},
                                settings_.jwt_secret, now);
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = settings_.url + path;
  request.headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}};
  request.body = json::to_text(body);
  request.deadline = kDeadline;
  request.ca_file = settings_.ca_file;
  auto answer = co_await http_.send(std::move(request));
  if (!answer) co_return fail(Errc::unavailable, settings_.url + ": " + answer.error().message);
  if (answer->status != 200) co_return fail(error_of(answer->status, settings_.url));
  auto document = json::parse(answer->body);
  if (!document) co_return fail(Errc::unavailable, settings_.url + ": " + document.error().message);
  co_return std::move(*document);
}

Task<Result<Person>> Notifications::link(std::string token, std::int64_t chat_id) {
  json::value body{{"token", token}, {"chat_id", chat_id}};
  auto person = read<Person>(co_await post("/api/v1/telegram/link", std::move(body)));
  // What is not even the form of a token was never one.
  if (!person && person.error().code == Errc::rejected) person.error().code = Errc::not_found;
  co_return person;
}

Task<Result<std::vector<Person>>> Notifications::change(std::int64_t chat_id, std::string_view change,
                                                        json::value body) {
  auto path = fmt::format("/api/v1/telegram/chats/{}/{}", chat_id, change);
  auto chat = read<Chat>(co_await post(std::move(path), std::move(body)));
  if (!chat) co_return fail(std::move(chat.error()));
  co_return std::move(chat->people);
}

Task<Result<std::vector<Person>>> Notifications::suspend(std::int64_t chat_id, std::string reason) {
  return change(chat_id, "suspend", {{"reason", reason}});
}

Task<Result<std::vector<Person>>> Notifications::resume(std::int64_t chat_id) {
  return change(chat_id, "resume", json::object());
}

Task<bool> Notifications::lives() {
  auto answer = co_await http_.send(
      {.url = settings_.url + "/health/live", .deadline = kSignOfLife, .ca_file = settings_.ca_file});
  co_return answer && answer->status == 200;
}

}  // namespace rb::bot
