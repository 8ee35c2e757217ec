#include "bot.hpp"

#include "log/log.hpp"

namespace rb::bot {
namespace {

using telegram::Answer;

// For the operator, whose help is wanted or not.
std::string_view advice(const telegram::Failure& failure) {
  if (std::holds_alternative<telegram::TokenInvalid>(failure))
    return "Telegram does not know BOT_TOKEN: take it from @BotFather and start again";
  if (std::holds_alternative<telegram::Conflict>(failure))
    return "another program reads the updates of this bot: let only one run with this BOT_TOKEN";
  if (std::holds_alternative<telegram::BadRequest>(failure)) return "Telegram refuses TELEGRAM_WEBHOOK_URL";
  return "Telegram does not answer the bot: it keeps trying";
}

std::vector<telegram::BotCommand> menu(Language language) {
  std::vector<telegram::BotCommand> out;
  for (const auto& [name, description] : commands(language))
    out.push_back({std::string(name), std::string(description)});
  return out;
}

}  // namespace

Bot::Bot(const Surroundings& around, net::Stopping& stopping)
    : stopping_(stopping),
      http_(around.loop),
      telegram_(http_, around.bot),
      notifications_(http_, around.clock, around.notifications),
      conversation_(notifications_, telegram_, stopping, around.language),
      language_(around.language),
      updates_(
          around.registry.counters("repitbot_bot_updates_total", "Updates carried out, by wish", {"wish"})) {}

Task<Answer<void>> Bot::introduce(telegram::Client& by, telegram::Webhook webhook) {
  auto me = co_await by.get_me();
  if (!me) co_return std::unexpected(std::move(me.error()));
  if (auto set = co_await by.set_webhook(std::move(webhook)); !set) co_return set;
  co_await set_menus(by);
  name_ = me->username;
  log::info("the bot is introduced to Telegram", {{"bot", name_}});
  co_return Answer<void>{};
}

// Menus are worth no second try.
Task<> Bot::set_menus(telegram::Client& by) {
  auto shown = co_await by.set_my_commands(menu(language_), "");
  for (auto [language, tag] : {std::pair{Language::ru, "ru"}, std::pair{Language::en, "en"}})
    if (shown) shown = co_await by.set_my_commands(menu(language), tag);
  if (!shown && !stopping_.asked())
    log::warn("the bot's menu was not set", {{"reason", telegram::describe(shown.error())}});
}

Task<bool> Bot::carry_out(telegram::Update update) {
  auto decision = decide(update, name_);
  bool done = co_await conversation_.handle(decision);
  if (done) updates_.with({to_string(decision.wish)}).add();
  co_return done;
}

void Bot::answered() {
  if (failures_ > 0) log::info("Telegram answers the bot again");
  failures_ = 0;
  problem_.clear();
}

Micros Bot::failed(const telegram::Failure& failure) {
  ++failures_;
  if (problem_ != advice(failure)) {
    problem_ = advice(failure);
    log::warn(problem_, {{"reason", telegram::describe(failure)}});
  }
  return telegram::pause_after(failure, failures_, random_unit());
}

http::Check Bot::state() const {
  return {
      .name = "telegram", .ok = failures_ == 0, .vital = false, .state = problem_.empty() ? "ok" : problem_};
}

}  // namespace rb::bot
