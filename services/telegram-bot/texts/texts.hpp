#pragma once
// What the bot says. Pure. Nothing here speaks to a person as «ты» or «вы» where the person is known: which
// of the two is right only notification-service decides.
#include <array>
#include <string>
#include <string_view>

namespace rb::bot {

enum class Language { ru, en };

// Of an IETF tag as Telegram gives it ("en-GB") or of a person ("ru").
Language language_of(std::string_view tag, Language otherwise);

enum class Text {
  link_over,
  link_unknown,
  try_later,
  welcome,
  resumed,
  stopped,
  not_connected,
  help,
  hint,
  private_only,
  old_button,
};

std::string_view say(Text text, Language language);

// The chat has been connected; `first_name` may be "".
std::string say_linked(std::string_view first_name, Language language);

struct Command {
  std::string_view name, description;
};

// The menu beside the input field.
std::array<Command, 3> commands(Language language);

}  // namespace rb::bot
