#pragma once
// What a person's deed in Telegram asks of the bot. Pure.
#include <string>
#include <string_view>

#include "telegram/update.hpp"

namespace rb::bot {

enum class Wish {
  nothing,   // of us
  link,      // "/start TOKEN": `argument` is the token
  start,     // "/start": notifications on, or how to connect
  stop,      // "/stop": notifications off
  help,      // "/help"
  hint,      // anything else in a private chat
  in_group,  // a command for us where others read along
  button,    // pressed: `argument` is the query's id
  left,      // blocked by the person, or removed from the chat
  joined,    // the opposite
};

std::string_view to_string(Wish wish);  // for metrics and logs

struct Decision {
  Wish wish = Wish::nothing;
  std::int64_t chat_id = 0;
  std::string language = {};  // the person's in Telegram, an IETF tag; may be ""
  std::string argument = {};
};

// `bot_name` without @. In groups only commands that name it are meant for us. What bots say is not.
Decision decide(const telegram::Update& update, std::string_view bot_name);

}  // namespace rb::bot
