#include "telegram/update.hpp"

#include "json/json.hpp"

namespace rb::telegram {

BOOST_DESCRIBE_STRUCT(User, (), (id, is_bot, username, language_code))
BOOST_DESCRIBE_STRUCT(Chat, (), (id, type))
BOOST_DESCRIBE_STRUCT(Message, (), (chat, from, text))
BOOST_DESCRIBE_STRUCT(CallbackQuery, (), (id, from))
BOOST_DESCRIBE_STRUCT(ChatMember, (), (status))
BOOST_DESCRIBE_STRUCT(ChatMemberUpdated, (), (chat, from, old_chat_member, new_chat_member))
BOOST_DESCRIBE_STRUCT(Update, (), (update_id, message, callback_query, my_chat_member))

json::Rules rules(const User*) {
  using json::rule;
  return {rule("is_bot").defaulted(), rule("username").defaulted(), rule("language_code").defaulted()};
}
json::Rules rules(const Message*) { return {json::rule("text").defaulted()}; }

Result<Update> parse_update(std::string_view text) {
  auto document = json::parse(text);
  if (!document) return fail(document.error());
  return json::read<Update>(*document);
}

std::vector<Update> read_updates(const boost::json::value& result) {
  std::vector<Update> out;
  const auto* list = result.if_array();
  if (list == nullptr) return out;
  for (const auto& item : *list) {
    if (auto update = json::read<Update>(item)) {
      out.push_back(std::move(*update));
      continue;
    }
    const auto* object = item.if_object();
    const auto* id = object != nullptr ? object->if_contains("update_id") : nullptr;
    if (id != nullptr && id->is_int64()) out.push_back({id->as_int64(), {}, {}, {}});
  }
  return out;
}

Result<User> read_user(const boost::json::value& result) { return json::read<User>(result); }

}  // namespace rb::telegram
