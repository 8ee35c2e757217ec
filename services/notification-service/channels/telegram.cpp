#include "channels/telegram.hpp"

#include <charconv>

#include "log/log.hpp"
#include "telegram/html.hpp"

namespace rb::notification {
namespace {

using Kind = Outcome::Kind;

Outcome outcome_of(const telegram::Failure& failure) {
  auto detail = telegram::describe(failure);
  struct Reading {
    std::string detail;
    Outcome operator()(const telegram::RetryAfter& f) const {
      return {.kind = Kind::transient, .detail = detail, .retry_after = Micros(f.wait)};
    }
    Outcome operator()(const telegram::Migrated& f) const {
      return {.kind = Kind::transient, .detail = detail, .new_address = std::to_string(f.chat_id)};
    }
    Outcome operator()(const telegram::Gone&) const { return {.kind = Kind::address_bad, .detail = detail}; }
    Outcome operator()(const telegram::TokenInvalid&) const {
      return {.kind = Kind::channel_bad, .detail = detail};
    }
    Outcome operator()(const telegram::Conflict&) const {
      return {.kind = Kind::transient, .detail = detail};
    }
    Outcome operator()(const telegram::Transient&) const {
      return {.kind = Kind::transient, .detail = detail};
    }
    Outcome operator()(const telegram::Unknown&) const { return {.kind = Kind::unknown, .detail = detail}; }
    Outcome operator()(const telegram::BadMarkup&) const {
      return {.kind = Kind::message_bad, .detail = detail};
    }
    Outcome operator()(const telegram::Uneditable&) const {
      return {.kind = Kind::message_bad, .detail = detail};
    }
    Outcome operator()(const telegram::BadRequest&) const {
      return {.kind = Kind::message_bad, .detail = detail};
    }
  };
  return std::visit(Reading{detail}, failure);
}

// Our own texts are always valid; a tutor's template may not be, and is then sent without its markup.
std::vector<telegram::Html> parts_of(const Letter& letter) {
  auto html = telegram::Html::parse(letter.html);
  if (!html) {
    log::warn("notification text has broken markup and goes out plain",
              {{"notification_id", letter.message_id}, {"reason", html.error().message}});
    html = telegram::Html::of_text(telegram::strip_tags(letter.html));
  }
  return html->split();
}

class TelegramSender final : public Sender {
 public:
  TelegramSender(net::Loop& loop, telegram::BotSettings settings)
      : http_(loop), client_(http_, std::move(settings)) {}

  Channel channel() const override { return Channel::telegram; }
  int parallel() const override { return 64; }

  Task<Outcome> send(Letter letter) override {
    telegram::OutgoingText text;
    auto [end, error] = std::from_chars(letter.to.data(), letter.to.data() + letter.to.size(), text.chat_id);
    if (error != std::errc() || end != letter.to.data() + letter.to.size())
      co_return Outcome{.kind = Kind::address_bad, .detail = "not a Telegram chat id: " + letter.to};
    auto parts = parts_of(letter);
    if (parts.empty()) co_return Outcome{.kind = Kind::message_bad, .detail = "the text is empty"};
    Outcome outcome;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      text.text = parts[i].html();
      auto sent = co_await client_.send_message(text);
      if (!sent) {
        outcome = outcome_of(sent.error());
        // Once a part has arrived, a second try of the whole would repeat it.
        if (i > 0) outcome.kind = Kind::unknown;
        co_return outcome;
      }
      if (i == 0) outcome.provider_id = std::to_string(sent->message_id);
    }
    co_return outcome;
  }

 private:
  http::Client http_;
  telegram::Client client_;
};

}  // namespace

std::unique_ptr<Sender> make_telegram_sender(net::Loop& loop, telegram::BotSettings settings) {
  return std::make_unique<TelegramSender>(loop, std::move(settings));
}

}  // namespace rb::notification
