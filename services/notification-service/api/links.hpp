#pragma once
// Connecting Telegram chats with people, and what the bot tells us of chats.
#include "api/contacts.hpp"

namespace rb::notification {

struct LinkAnswer {
  std::string user_id, token;
  std::optional<std::string> url, qr_svg;  // none while the bot's name is not known
  std::string hint;                        // a sentence for the person
  Time expires_at;
};
BOOST_DESCRIBE_STRUCT(LinkAnswer, (), (user_id, token, url, qr_svg, hint, expires_at))
json::Rules rules(const LinkAnswer*);

// A token that connects one chat with the person, once, within 24 hours.
Task<Result<LinkAnswer>> make_link(App& app, const http::Request& request, ContactPath in);

struct LinkedPerson {
  std::string user_id, full_name, first_name, language, address_form;
  std::vector<Audience> roles;
};
BOOST_DESCRIBE_STRUCT(LinkedPerson, (), (user_id, full_name, first_name, language, address_form, roles))
json::Rules rules(const LinkedPerson*);

struct UseLinkRequest {
  std::string token;
  std::string chat_id;
};
BOOST_DESCRIBE_STRUCT(UseLinkRequest, (), (token, chat_id))
json::Rules rules(const UseLinkRequest*);

// As use_link_token() in store/people.hpp.
Task<Result<LinkedPerson>> use_link(App& app, UseLinkRequest in);

struct ChatChange {
  std::string chat_id;
  std::string reason = "stopped";
};
BOOST_DESCRIBE_STRUCT(ChatChange, (), (chat_id, reason))
json::Rules rules(const ChatChange*);

struct ChatAnswer {
  std::string chat_id;
  std::vector<LinkedPerson> people;  // connected with the chat; may be none
};
BOOST_DESCRIBE_STRUCT(ChatAnswer, (), (chat_id, people))
json::Rules rules(const ChatAnswer*);

Task<Result<ChatAnswer>> suspend_chat(App& app, ChatChange in);
Task<Result<ChatAnswer>> resume_chat(App& app, ChatChange in);

}  // namespace rb::notification
