#pragma once
// What people do in Telegram, as far as the bot looks at it. Pure, thread-safe. Members are named as in the
// Bot API; unknown ones are ignored. Source: core.telegram.org/bots/api#update.
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace rb::telegram {

struct User {
  std::int64_t id = 0;
  bool is_bot = false;
  std::string username, language_code;
};

struct Chat {
  std::int64_t id = 0;
  std::string type;  // private, group, supergroup, channel
};

struct Message {
  Chat chat;
  std::optional<User> from;
  std::string text;
};

struct CallbackQuery {
  std::string id;
  User from;
};

struct ChatMember {
  std::string status;  // member, kicked, left, administrator, …
};

struct ChatMemberUpdated {
  Chat chat;
  User from;
  ChatMember old_chat_member, new_chat_member;
};

struct Update {
  std::int64_t update_id = 0;
  std::optional<Message> message;
  std::optional<CallbackQuery> callback_query;
  std::optional<ChatMemberUpdated> my_chat_member;
};

// The kinds above, for getUpdates and setWebhook.
inline constexpr std::string_view kUpdateKinds[] = {"message", "callback_query", "my_chat_member"};

// The body of a webhook call.
Result<Update> parse_update(std::string_view json);

// The result of getUpdates. An update that cannot be read keeps only its update_id, so that it is passed
// over.
std::vector<Update> read_updates(const boost::json::value& result);

Result<User> read_user(const boost::json::value& result);

}  // namespace rb::telegram
