#include "channels/telegram.hpp"

#include <algorithm>
#include <charconv>

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
    Outcome operator()(const telegram::BadRequest&) const {
      return {.kind = Kind::message_bad, .detail = detail};
    }
  };
  return std::visit(Reading{detail}, failure);
}

// One call: a text, or a file with or without a caption.
struct Piece {
  std::string html;
  const File* file = nullptr;
};

// A short text is the first file's caption.
std::vector<Piece> pieces_of(const Letter& letter) {
  auto html = valid_html(letter);
  std::vector<Piece> out;
  bool caption = !letter.files.empty() && html.length() <= telegram::kCaptionLimit;
  if (!caption)
    for (const auto& part : html.split()) out.push_back({part.html()});
  for (const auto& file : letter.files) out.push_back({"", &file});
  if (caption) out.front().html = html.html();
  return out;
}

class TelegramSender final : public Sender {
 public:
  TelegramSender(net::Loop& loop, telegram::BotSettings settings)
      : http_(loop), client_(http_, std::move(settings)) {}

  Channel channel() const override { return Channel::telegram; }
  int parallel() const override { return 64; }

  Task<Outcome> send(Letter letter) override {
    std::int64_t chat = 0;
    auto [end, error] = std::from_chars(letter.to.data(), letter.to.data() + letter.to.size(), chat);
    if (error != std::errc() || end != letter.to.data() + letter.to.size())
      co_return Outcome{.kind = Kind::address_bad, .detail = "not a Telegram chat id: " + letter.to};
    auto pieces = pieces_of(letter);
    if (pieces.empty()) co_return Outcome{.kind = Kind::message_bad, .detail = "the text is empty"};
    Outcome outcome;
    auto begin = static_cast<std::size_t>(std::max(0, letter.parts_sent));
    for (auto i = begin; i < pieces.size(); ++i) {
      if (i > begin && letter.turn) co_await letter.turn();
      auto sent = co_await send_piece(chat, pieces[i]);
      // What has arrived is not sent again: the next try begins at the piece that failed.
      if (!sent) outcome = outcome_of(sent.error());
      outcome.parts_sent = static_cast<int>(sent ? i + 1 : i);
      if (!sent) co_return outcome;
      if (i == 0) outcome.provider_id = std::to_string(sent->message_id);
    }
    co_return outcome;
  }

 private:
  Task<telegram::Outcome> send_piece(std::int64_t chat, const Piece& piece) {
    if (piece.file == nullptr) {
      telegram::OutgoingText text;
      text.chat_id = chat;
      text.text = piece.html;
      co_return co_await client_.send_message(text);
    }
    telegram::OutgoingFile file;
    file.chat_id = chat;
    file.name = piece.file->filename;
    file.type = piece.file->content_type;
    file.bytes = piece.file->bytes;
    file.caption = piece.html;
    co_return co_await client_.send_document(std::move(file));
  }

  http::Client http_;
  telegram::Client client_;
};

}  // namespace

std::unique_ptr<Sender> make_telegram_sender(net::Loop& loop, telegram::BotSettings settings) {
  return std::make_unique<TelegramSender>(loop, std::move(settings));
}

}  // namespace rb::notification
