#include "poller.hpp"

#include "log/log.hpp"

namespace rb::bot {
namespace {

using telegram::Answer;

constexpr auto kPoll = std::chrono::seconds(50);
constexpr auto kTellAgain = Backoff{.first = std::chrono::seconds(1), .most = std::chrono::seconds(30)};

// For the operator, whose help is wanted or not.
std::string_view advice(const telegram::Failure& failure) {
  if (std::holds_alternative<telegram::TokenInvalid>(failure))
    return "Telegram does not know BOT_TOKEN: take it from @BotFather and start again";
  if (std::holds_alternative<telegram::Conflict>(failure))
    return "another program reads the updates of this bot: let only one run with this BOT_TOKEN";
  return "Telegram does not answer the bot: it keeps trying";
}

std::vector<telegram::BotCommand> menu(Language language) {
  std::vector<telegram::BotCommand> out;
  for (const auto& [name, description] : commands(language))
    out.push_back({std::string(name), std::string(description)});
  return out;
}

}  // namespace

Poller::Poller(net::Loop& loop, const Clock& clock, telegram::BotSettings bot,
               NotificationsSettings notifications, Language language, metrics::Registry& registry)
    : stopping_(loop, clock),
      http_(loop),
      polls_http_(loop),
      telegram_(http_, bot),
      polls_(polls_http_, std::move(bot)),
      notifications_(http_, clock, std::move(notifications)),
      conversation_(notifications_, telegram_, stopping_, language),
      language_(language),
      updates_(registry.counters("repitbot_bot_updates_total", "Updates carried out, by wish", {"wish"})),
      answers_(registry.counters("repitbot_bot_polls_total", "Answers of Telegram to polls", {"result"})),
      problem_("connecting") {}

void Poller::stop() {
  stopping_.ask();
  polls_http_.abort();
}

http::Check Poller::state() const {
  bool well = failures_ == 0;
  return {.name = "telegram", .ok = well, .vital = false, .state = problem_.empty() ? "ok" : problem_};
}

Task<> Poller::run() {
  while (!stopping_.asked()) {
    Answer<void> done;
    if (bot_name_.empty()) {
      done = co_await introduce();
    } else {
      done = co_await poll();
    }
    if (stopping_.asked()) break;
    if (done) {
      answered();
    } else {
      co_await failed(done.error());
    }
  }
  co_await confirm();
}

// A bot that asks for updates cannot have a webhook; menus are worth no second try.
Task<Answer<void>> Poller::introduce() {
  auto me = co_await polls_.get_me();
  if (!me) co_return std::unexpected(std::move(me.error()));
  if (auto polling = co_await polls_.set_webhook({}); !polling) co_return polling;
  auto shown = co_await polls_.set_my_commands(menu(language_), "");
  for (auto [language, tag] : {std::pair{Language::ru, "ru"}, std::pair{Language::en, "en"}})
    if (shown) shown = co_await polls_.set_my_commands(menu(language), tag);
  if (!shown && !stopping_.asked())
    log::warn("the bot's menu was not set", {{"reason", telegram::describe(shown.error())}});
  bot_name_ = me->username;
  log::info("the bot reads its updates", {{"bot", bot_name_}});
  co_return Answer<void>{};
}

Task<Answer<void>> Poller::poll() {
  // After a failure we want to know at once whether all is well again.
  auto updates = co_await polls_.get_updates(offset_, failures_ > 0 ? std::chrono::seconds(0) : kPoll);
  answers_.with({updates ? "ok" : telegram::label(updates.error())}).add();
  if (!updates) co_return std::unexpected(std::move(updates.error()));
  confirmed_ = offset_;
  for (const auto& update : *updates) {
    if (!co_await carry_out(update)) break;
    offset_ = update.update_id + 1;
  }
  co_return Answer<void>{};
}

// False: not done, because we are stopping; Telegram hands it over again after the next start. While
// notification-service is away, a chat that must be suspended holds up what came later: nothing of that could
// be done either.
Task<bool> Poller::carry_out(const telegram::Update& update) {
  auto decision = decide(update, bot_name_);
  for (int tries = 1; !stopping_.asked(); ++tries) {
    if (co_await conversation_.handle(decision)) {
      updates_.with({to_string(decision.wish)}).add();
      co_return true;
    }
    co_await stopping_.pause(kTellAgain.delay(tries, random_unit()));
  }
  co_return false;
}

// The next poll would have done it.
Task<> Poller::confirm() {
  if (confirmed_ < offset_) co_await telegram_.get_updates(offset_, std::chrono::seconds(0));
}

void Poller::answered() {
  if (failures_ > 0) log::info("Telegram answers the bot again");
  failures_ = 0;
  problem_.clear();
}

Task<> Poller::failed(const telegram::Failure& failure) {
  ++failures_;
  if (problem_ != advice(failure)) {
    problem_ = advice(failure);
    log::warn(problem_, {{"reason", telegram::describe(failure)}});
  }
  co_await stopping_.pause(telegram::pause_after(failure, failures_, random_unit()));
}

}  // namespace rb::bot
