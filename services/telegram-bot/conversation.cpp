#include "conversation.hpp"

#include "log/log.hpp"

namespace rb::bot {
namespace {

constexpr int kTriesOfAnAnswer = 3;

// Whether it makes sense to ask notification-service again.
bool away(const Error& error) { return error.code == Errc::unavailable || error.code == Errc::not_found; }

void log_failure(const Decision& decision, const Error& error) {
  log::warn("a wish in Telegram could not be carried out",
            {{"wish", to_string(decision.wish)}, {"chat_id", decision.chat_id}, {"reason", error.message}});
}

}  // namespace

Conversation::Conversation(Notifications& notifications, telegram::Client& telegram, net::Stopping& stopping,
                           Language language)
    : notifications_(notifications), telegram_(telegram), stopping_(stopping), language_(language) {}

Language Conversation::language_of(const Decision& decision) const {
  return bot::language_of(decision.language, language_);
}

Task<> Conversation::tell(std::int64_t chat_id, std::string text) {
  telegram::OutgoingText message{.chat_id = chat_id, .text = std::move(text), .html = false};
  for (int tries = 1; !stopping_.asked(); ++tries) {
    auto sent = co_await telegram_.send_message(message);
    if (sent || std::holds_alternative<telegram::Gone>(sent.error())) co_return;
    bool again = std::holds_alternative<telegram::RetryAfter>(sent.error()) ||
                 std::holds_alternative<telegram::Transient>(sent.error());
    if (!again || tries == kTriesOfAnAnswer) {
      log::warn("an answer in Telegram was not sent",
                {{"chat_id", chat_id}, {"reason", telegram::describe(sent.error())}});
      co_return;
    }
    co_await stopping_.pause(telegram::pause_after(sent.error(), tries, random_unit()));
  }
}

Task<> Conversation::tell(const Decision& decision, Text text) {
  return tell(decision.chat_id, std::string(say(text, language_of(decision))));
}

Task<> Conversation::tell(const Decision& decision, const std::vector<Person>& people, Text text) {
  auto language = language_of(decision);
  if (!people.empty()) language = bot::language_of(people.front().language, language);
  return tell(decision.chat_id, std::string(say(text, language)));
}

Task<bool> Conversation::handle(Decision decision) {
  switch (decision.wish) {
    case Wish::nothing:
      break;
    case Wish::link:
      co_return co_await link(std::move(decision));
    case Wish::start:
      co_return co_await start(std::move(decision));
    case Wish::stop:
    case Wish::left:
      co_return co_await suspend(std::move(decision));
    case Wish::joined:
      co_return co_await resume(std::move(decision));
    case Wish::help:
      co_await tell(decision, Text::help);
      break;
    case Wish::hint:
      co_await tell(decision, Text::hint);
      break;
    case Wish::in_group:
      co_await tell(decision, Text::private_only);
      break;
    case Wish::button:
      co_await telegram_.answer_callback_query(decision.argument,
                                               std::string(say(Text::old_button, language_of(decision))));
      break;
  }
  co_return true;
}

Task<bool> Conversation::link(Decision decision) {
  auto person = co_await notifications_.link(decision.argument, decision.chat_id);
  if (person) {
    log::info("a chat was connected", {{"chat_id", decision.chat_id}});
    auto language = bot::language_of(person->language, language_of(decision));
    co_await tell(decision.chat_id, say_linked(person->first_name, language));
  } else if (person.error().code == Errc::not_found) {
    co_await tell(decision, Text::link_unknown);
  } else if (person.error().code == Errc::conflict) {
    co_await tell(decision, Text::link_over);
  } else {
    log_failure(decision, person.error());
    co_await tell(decision, Text::try_later);
  }
  co_return true;
}

Task<bool> Conversation::start(Decision decision) {
  auto people = co_await notifications_.resume(decision.chat_id);
  if (!people) log_failure(decision, people.error());
  if (!people) {
    co_await tell(decision, Text::try_later);
  } else {
    co_await tell(decision, *people, people->empty() ? Text::welcome : Text::resumed);
  }
  co_return true;
}

Task<bool> Conversation::suspend(Decision decision) {
  bool asked_for = decision.wish == Wish::stop;
  auto people = co_await notifications_.suspend(decision.chat_id, asked_for ? "stopped" : "blocked");
  if (!people) log_failure(decision, people.error());
  if (!people && away(people.error())) co_return false;
  if (people && asked_for)
    co_await tell(decision, *people, people->empty() ? Text::not_connected : Text::stopped);
  co_return true;
}

Task<bool> Conversation::resume(Decision decision) {
  auto people = co_await notifications_.resume(decision.chat_id);
  if (!people) log_failure(decision, people.error());
  co_return people || !away(people.error());
}

}  // namespace rb::bot
