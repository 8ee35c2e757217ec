#include <algorithm>

#include "config/rooms.hpp"

namespace rb::config {

Group telegram_group() {
  return {"Telegram",
          {
              {.name = "BOT_TOKEN",
               .aliases = {"TELEGRAM_BOT_TOKEN"},
               .help = "Token that @BotFather gave",
               .secret = true,
               .placeholders = {"your_telegram_bot_token"}},
              {.name = "TELEGRAM_API_URL",
               .help = "Bot API server",
               .kind = Kind::url,
               .fallback = "https://api.telegram.org",
               .choices = {"https", "http"}},
              {.name = "TELEGRAM_PROXY",
               .help = "Proxy on the way to the Bot API",
               .kind = Kind::url,
               .choices = {"http", "https", "socks5", "socks5h"},
               .secret = true},
              {.name = "TELEGRAM_MESSAGES_PER_SECOND",
               .help = "Messages a second to all chats; 0 lifts the limit",
               .kind = Kind::number,
               .fallback = "30",
               .most = 100'000},
              {.name = "TELEGRAM_CHAT_BURST",
               .help = "Messages to one chat before one a second holds; 0 lifts the limit",
               .kind = Kind::integer,
               .fallback = "3",
               .most = 1'000},
              {.name = "TELEGRAM_WEBHOOK_URL",
               .help = "Where Telegram posts updates; without it the bot asks for them",
               .kind = Kind::url,
               .choices = {"https", "http"}},
              {.name = "TELEGRAM_WEBHOOK_SECRET",
               .help = "Secret that comes with these posts, 1 to 256 of A-Z a-z 0-9 _ -",
               .secret = true},
          }};
}

Group mail_group() {
  return {
      "Mail",
      {
          {.name = "EMAIL_HOST",
           .aliases = {"EMAIL_SMTP_HOST", "SMTP_HOST"},
           .help = "SMTP server; for gmail, yandex and mail.ru it follows from EMAIL_USERNAME"},
          {.name = "EMAIL_PORT",
           .aliases = {"EMAIL_SMTP_PORT", "SMTP_PORT"},
           .help = "SMTP port, 587 or that of the known server; 465 is TLS from the start",
           .kind = Kind::port},
          {.name = "EMAIL_USERNAME",
           .aliases = {"SMTP_USERNAME"},
           .help = "SMTP login",
           .placeholders = {"your_email@gmail.com"}},
          {.name = "EMAIL_PASSWORD",
           .aliases = {"SMTP_PASSWORD"},
           .help = "SMTP password; most providers want one made for programs",
           .secret = true,
           .placeholders = {"your_app_password"}},
          {.name = "EMAIL_USE_TLS",
           .aliases = {"SMTP_USE_TLS"},
           .help = "true: nothing is sent unencrypted; false: only for a server on this machine",
           .kind = Kind::boolean,
           .fallback = "true"},
          {.name = "EMAIL_FROM_ADDRESS",
           .aliases = {"FROM_EMAIL"},
           .help = "Sender's address; without it EMAIL_USERNAME"},
          {.name = "EMAIL_FROM_NAME",
           .help = "Sender's name, the school's; where it is not set, mails name the tutor below the text",
           .fallback = "RepitBot"},
      }};
}

namespace {

bool is_webhook_secret(std::string_view text) {
  return text.size() <= 256 && std::ranges::all_of(text, [](char c) {
           return c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                  (c >= 'a' && c <= 'z');
         });
}

}  // namespace

TelegramSettings read_telegram(Reader& in) {
  TelegramSettings out;
  out.token = in.text("BOT_TOKEN");
  out.api_url = in.text("TELEGRAM_API_URL");
  while (out.api_url.ends_with('/')) out.api_url.pop_back();
  out.proxy = in.text("TELEGRAM_PROXY");
  out.messages_per_second = in.number("TELEGRAM_MESSAGES_PER_SECOND");
  out.chat_burst = static_cast<int>(in.integer("TELEGRAM_CHAT_BURST"));
  out.webhook_url = in.text("TELEGRAM_WEBHOOK_URL");
  out.webhook_secret = in.text("TELEGRAM_WEBHOOK_SECRET");
  if (!is_webhook_secret(out.webhook_secret))
    in.problem("TELEGRAM_WEBHOOK_SECRET", "must be 1 to 256 of A-Z a-z 0-9 _ -");
  return out;
}

MailSettings read_mail(Reader& in) {
  MailSettings out;
  out.host = in.text("EMAIL_HOST");
  if (in.is_set("EMAIL_PORT")) out.port = in.port("EMAIL_PORT");
  out.username = in.text("EMAIL_USERNAME");
  out.password = in.text("EMAIL_PASSWORD");
  out.use_tls = in.boolean("EMAIL_USE_TLS");
  out.from_address = in.text("EMAIL_FROM_ADDRESS");
  out.from_name = in.text("EMAIL_FROM_NAME");
  if (in.is_set("EMAIL_FROM_NAME")) out.school_name = out.from_name;
  return out;
}

}  // namespace rb::config
