#include "telegram/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/strings.hpp"
#include "json/json.hpp"
#include "telegram/answer.hpp"
#include "telegram/html.hpp"

namespace rb::telegram {
namespace {

constexpr std::chrono::seconds kLongestPoll{50};
constexpr std::string_view kHtml = "HTML";

bool is_token(std::string_view token) {
  auto colon = token.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == token.size()) return false;
  constexpr std::string_view kSecret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
  return token.substr(0, colon).find_first_not_of("0123456789") == std::string_view::npos &&
         token.substr(colon + 1).find_first_not_of(kSecret) == std::string_view::npos;
}

std::int64_t message_id(const json::value& result) {
  const auto* message = result.if_object();
  const auto* id = message != nullptr ? message->if_contains("message_id") : nullptr;
  return id != nullptr && id->is_int64() ? id->as_int64() : 0;
}

json::array kinds() { return json::array(std::begin(kUpdateKinds), std::end(kUpdateKinds)); }

// A multipart body: structures as JSON text, everything else as text.
std::vector<http::Part> parts_of(const json::object& parameters, http::Part file) {
  std::vector<http::Part> out;
  for (const auto& [name, value] : parameters) {
    const auto* text = value.if_string();
    out.push_back(
        {.name = std::string(name), .body = text != nullptr ? std::string(*text) : json::to_text(value)});
  }
  out.push_back(std::move(file));
  return out;
}

}  // namespace

struct Client::Call {
  std::string method;
  json::object parameters;
  http::Part file = {};  // no name: none
  std::chrono::milliseconds more_time{0};
};

Client::Client(http::Client& http, BotSettings settings) : http_(http), settings_(std::move(settings)) {
  while (settings_.api_url.ends_with('/')) settings_.api_url.pop_back();
}

std::string Client::without_token(std::string text) const {
  return replace_all(std::move(text), settings_.token, "…");
}

Task<Answer<json::value>> Client::call(Call call) {
  if (!is_token(settings_.token))
    co_return std::unexpected(TokenInvalid{"this does not look like a bot's token"});
  http::ClientRequest request{
      .method = http::Method::post,
      .url = fmt::format("{}/bot{}/{}", settings_.api_url, settings_.token, call.method)};
  if (call.file.name.empty()) {
    request.body = json::to_text(call.parameters);
  } else {
    request.parts = parts_of(call.parameters, std::move(call.file));
  }
  request.deadline = settings_.deadline + call.more_time;
  request.proxy = settings_.proxy;
  request.ca_file = settings_.ca_file;
  auto answer = co_await http_.send(std::move(request));
  if (answer) co_return classify(answer->status, answer->body);
  bool sent = answer.error().code == Errc::timeout || answer.error().code == Errc::too_large;
  co_return std::unexpected(no_answer(sent, without_token(std::move(answer.error().message))));
}

Task<Answer<void>> Client::command(Call command) {
  auto answer = co_await call(std::move(command));
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  co_return Answer<void>{};
}

// The call and, when its markup is refused, once more as the plain text that a reader would have seen.
Task<Outcome> Client::send(Call message) {
  std::optional<Call> plain;
  if (message.parameters.contains("parse_mode")) plain = message;
  auto answer = co_await call(std::move(message));
  if (plain && !answer && std::holds_alternative<BadMarkup>(answer.error())) {
    plain->parameters.erase("parse_mode");
    for (const auto* name : {"text", "caption"})
      if (auto* text = plain->parameters.if_contains(name)) *text = strip_tags(text->as_string());
    answer = co_await call(std::move(*plain));
  }
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  co_return Sent{message_id(*answer)};
}

Task<Answer<User>> Client::get_me() {
  auto answer = co_await call({.method = "getMe", .parameters = {}});
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  auto user = read_user(*answer);
  if (!user) co_return std::unexpected(Transient{user.error().message});
  co_return std::move(*user);
}

Task<Outcome> Client::send_message(const OutgoingText& message) {
  json::object parameters{{"chat_id", message.chat_id},
                          {"text", message.text},
                          {"link_preview_options", {{"is_disabled", true}}}};
  if (message.html) parameters["parse_mode"] = kHtml;
  return send({.method = "sendMessage", .parameters = std::move(parameters)});
}

Task<Outcome> Client::send_document(OutgoingFile file) {
  json::object parameters{{"chat_id", file.chat_id}};
  if (!file.caption.empty()) {
    parameters["caption"] = file.caption;
    parameters["parse_mode"] = kHtml;
  }
  return send({.method = "sendDocument",
               .parameters = std::move(parameters),
               .file = {.name = "document",
                        .body = std::move(file.bytes),
                        .file_name = std::move(file.name),
                        .content_type = std::move(file.type)}});
}

Task<Answer<void>> Client::answer_callback_query(std::string id, std::string text) {
  json::object parameters{{"callback_query_id", id}};
  if (!text.empty()) parameters["text"] = text;
  auto answer = co_await command({.method = "answerCallbackQuery", .parameters = std::move(parameters)});
  const auto* refused = answer ? nullptr : std::get_if<BadRequest>(&answer.error());
  if (refused != nullptr && refused->reason.contains("query is too old")) co_return Answer<void>{};
  co_return answer;
}

Task<Answer<void>> Client::set_my_commands(const std::vector<BotCommand>& commands,
                                           const std::string& language) {
  json::array list;
  for (const auto& [command, description] : commands)
    list.push_back({{"command", command}, {"description", description}});
  json::object parameters{{"commands", std::move(list)}};
  if (!language.empty()) parameters["language_code"] = language;
  return command({.method = "setMyCommands", .parameters = std::move(parameters)});
}

Task<Answer<std::vector<Update>>> Client::get_updates(std::int64_t offset, std::chrono::seconds timeout) {
  timeout = std::min(timeout, kLongestPoll);
  json::object parameters{{"offset", offset}, {"timeout", timeout.count()}, {"allowed_updates", kinds()}};
  auto answer = co_await call(
      {.method = "getUpdates", .parameters = std::move(parameters), .file = {}, .more_time = timeout});
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  co_return read_updates(*answer);
}

Task<Answer<void>> Client::set_webhook(Webhook webhook) {
  if (webhook.url.empty()) return command({.method = "deleteWebhook", .parameters = {}});
  json::object parameters{{"url", webhook.url}, {"allowed_updates", kinds()}};
  if (!webhook.secret.empty()) parameters["secret_token"] = webhook.secret;
  return command({.method = "setWebhook", .parameters = std::move(parameters)});
}

}  // namespace rb::telegram
