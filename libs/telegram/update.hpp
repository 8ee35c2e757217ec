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
  std::string first_name, last_name, username, language_code;
};

struct Chat {
  std::int64_t id = 0;
  std::string type;  // private, group, supergroup, channel
  std::string title, username;
};

struct Message {
  std::int64_t message_id = 0;
  std::int64_t date = 0;  // Unix seconds; 0: too old to be read
  Chat chat;
  std::optional<User> from;
  std::string text;
  std::optional<std::int64_t> migrate_to_chat_id, migrate_from_chat_id;
};

struct CallbackQuery {
  std::string id;
  User from;
  std::optional<Message> message;
  std::string data;
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
