#include "telegram/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "json/json.hpp"

namespace rb::telegram {
namespace {

// Beginnings of a 400's description that mean the address, not the message.
constexpr std::string_view kGone[] = {"chat not found",       "chat_id is empty",    "user not found",
                                      "peer_id_invalid",      "not enough rights",   "have no rights to send",
                                      "chat_write_forbidden", "user_is_blocked",     "input_user_deactivated",
                                      "group chat was deact", "group is deactivated"};

std::int64_t number(const json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}

Failure bad_request(std::string reason, const json::object& parameters) {
  if (auto chat = number(parameters, "migrate_to_chat_id"); chat != 0) return Migrated{chat};
  auto text = ascii_lower(reason);
  if (text.contains("can't parse entities")) return BadMarkup{std::move(reason)};
  bool gone = std::ranges::any_of(kGone, [&](std::string_view part) { return text.contains(part); });
  if (gone) return Gone{std::move(reason)};
  return BadRequest{std::move(reason)};
}

Failure failure(int code, std::string reason, const json::object& parameters) {
  switch (code) {
    case 400:
      return bad_request(std::move(reason), parameters);
    case 401:
    case 404:
      return TokenInvalid{std::move(reason)};
    case 403:
      return Gone{std::move(reason)};
    case 409:
      return Conflict{std::move(reason)};
    case 429:
      // A 429 without its number comes from something in between and not from Telegram.
      if (auto wait = number(parameters, "retry_after"); wait > 0)
        return RetryAfter{std::chrono::seconds(wait)};
      return Transient{std::move(reason)};
    case 504:
      return Unknown{std::move(reason)};  // a gateway waited in vain for a server that had the request
    default:
      if (code >= 400 && code < 500) return BadRequest{std::move(reason)};
      return Transient{std::move(reason)};
  }
}

}  // namespace

Answer<json::value> classify(int http_status, std::string_view body) {
  auto document = json::parse(body);
  auto* answer = document ? document->if_object() : nullptr;
  if (answer == nullptr) {
    auto reason = fmt::format("HTTP {} without a JSON answer", http_status);
    if (http_status >= 200 && http_status < 300) return std::unexpected(Unknown{std::move(reason)});
    return std::unexpected(failure(http_status, std::move(reason), {}));
  }
  if (const auto* ok = answer->if_contains("ok"); ok != nullptr && ok->is_bool() && ok->as_bool())
    return (*answer)["result"];
  auto code = number(*answer, "error_code");
  const auto* text = answer->if_contains("description");
  const auto* parameters = answer->if_contains("parameters");
  return std::unexpected(
      failure(code == 0 ? http_status : static_cast<int>(code),
              text != nullptr && text->is_string() ? std::string(text->as_string())
                                                   : fmt::format("HTTP {}", http_status),
              parameters != nullptr && parameters->is_object() ? parameters->as_object() : json::object{}));
}

Failure no_answer(bool sent, std::string reason) {
  if (sent) return Unknown{std::move(reason)};
  return Transient{std::move(reason)};
}

}  // namespace rb::telegram
