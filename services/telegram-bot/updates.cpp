#include "updates.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"

namespace rb::bot {
namespace {

constexpr std::array<std::string_view, 10> kNames = {"nothing", "link",     "start",  "stop", "help",
                                                     "hint",    "in_group", "button", "left", "joined"};

struct SentCommand {
  std::string name;      // in lower case; "": not a command
  std::string bot;       // "" when none is named
  std::string argument;  // the rest
};

// "/start@school_bot abc"
SentCommand command_of(std::string_view text) {
  text = trim(text);
  if (!text.starts_with('/')) return {};
  auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
  auto word = text.substr(1, end - 1);
  auto at = std::min(word.find('@'), word.size());
  return {.name = ascii_lower(word.substr(0, at)),
          .bot = std::string(word.substr(std::min(at + 1, word.size()))),
          .argument = std::string(trim(text.substr(end)))};
}

Wish wish_of(const SentCommand& command) {
  if (command.name == "start") return command.argument.empty() ? Wish::start : Wish::link;
  if (command.name == "stop") return Wish::stop;
  if (command.name == "help") return Wish::help;
  return Wish::hint;
}

Decision decide_message(const telegram::Message& message, std::string_view bot_name) {
  if (!message.from || message.from->is_bot) return {};
  auto command = command_of(message.text);
  Decision out{.chat_id = message.chat.id, .language = message.from->language_code};
  if (message.chat.type != "private") {
    if (!command.name.empty() && iequals(command.bot, bot_name)) out.wish = Wish::in_group;
    return out;
  }
  out.wish = wish_of(command);
  if (out.wish == Wish::link) out.argument = std::move(command.argument);
  return out;
}

bool is_inside(const telegram::ChatMember& member) {
  return member.status != "left" && member.status != "kicked";
}

Decision decide_membership(const telegram::ChatMemberUpdated& change) {
  Decision out{.chat_id = change.chat.id, .language = change.from.language_code};
  bool before = is_inside(change.old_chat_member), after = is_inside(change.new_chat_member);
  if (before != after) out.wish = after ? Wish::joined : Wish::left;
  return out;
}

}  // namespace

std::string_view to_string(Wish wish) { return kNames.at(static_cast<std::size_t>(wish)); }

Decision decide(const telegram::Update& update, std::string_view bot_name) {
  if (update.message) return decide_message(*update.message, bot_name);
  if (update.my_chat_member) return decide_membership(*update.my_chat_member);
  if (const auto& press = update.callback_query)
    return {.wish = Wish::button,
            .chat_id = press->from.id,
            .language = press->from.language_code,
            .argument = press->id};
  return {};
}

}  // namespace rb::bot
