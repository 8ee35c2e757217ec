#include "doctor/smoke.hpp"

#include <fmt/format.h>

#include "base/ids.hpp"
#include "db/open.hpp"
#include "http/client.hpp"
#include "mail/smtp.hpp"
#include "store/people.hpp"
#include "telegram/client.hpp"
#include "telegram/settings.hpp"

namespace rb::app {
namespace {

using Level = Finding::Level;
using notification::Audience;

const std::string kTestMail = "Пробное письмо · test mail";
const std::string kTestMessage = "Пробное сообщение · test message";
const std::string kTestText = "Проверка связи: RepitBot может вам писать. · A test: RepitBot can reach you.";

Task<std::optional<std::int64_t>> known_chat(net::Loop& loop, config::AppSettings settings) {
  auto database = co_await db::open(loop, {.url = settings.database.url});
  std::optional<std::int64_t> chat;
  for (auto role : {Audience::admin, Audience::tutor}) {
    auto ids = co_await notification::ids_with_role(notification::reading(*database), role);
    auto people = co_await notification::load_people(notification::reading(*database), ids, false);
    for (const auto& id : ids)
      if (const auto* address = people.at(id).address(notification::Channel::telegram); address && !chat)
        chat = std::stoll(address->value);
  }
  co_await database->close();
  co_return chat;
}

}  // namespace

Task<Finding> send_test_mail(net::Loop& loop, config::AppSettings settings) {
  auto smtp = mail::smtp_settings(settings);
  if (!settings.mail.configured())
    co_return Finding{Level::note, kTestMail, "почта не подключена · mail is not connected"};
  if (!smtp) co_return Finding{Level::bad, kTestMail, smtp.error().message};
  mail::Mail mail;
  mail.from = {settings.mail.from_name, smtp->from};
  mail.to = {"", smtp->from};
  mail.subject = "RepitBot: проверка · a test";
  mail.text = kTestText;
  mail.date = SystemClock().now();
  mail.message_id = new_uuid(to_micros(mail.date) / 1000) + "@" + smtp->from.substr(smtp->from.find('@') + 1);
  mail::SmtpClient client(loop, *smtp);
  auto outcome = co_await client.send(std::move(mail));
  if (outcome.result == mail::SmtpResult::accepted)
    co_return Finding{Level::good, kTestMail, "отправлено на · sent to " + smtp->from};
  co_return Finding{Level::bad, kTestMail, outcome.reason};
}

Task<Finding> send_test_message(net::Loop& loop, config::AppSettings settings,
                                std::optional<std::int64_t> chat) {
  if (settings.telegram.token.empty())
    co_return Finding{Level::note, kTestMessage, "Telegram не подключён · is not connected"};
  std::string problem;
  try {
    if (!chat) chat = co_await known_chat(loop, settings);
  } catch (const std::exception& e) {
    problem = e.what();
  }
  if (!chat)
    co_return Finding{Level::bad, kTestMessage,
                      "неизвестно, кому писать · nobody's chat is known. " + problem,
                      "свяжите свой чат (repitbot link) или задайте --chat · link your chat or give --chat"};
  http::Client http(loop);
  telegram::Client client(http, telegram::bot_settings(settings));
  auto outcome = co_await client.send_message({.chat_id = *chat, .text = kTestText});
  if (outcome)
    co_return Finding{Level::good, kTestMessage, fmt::format("отправлено в чат · sent to chat {}", *chat)};
  co_return Finding{Level::bad, kTestMessage, describe(outcome.error())};
}

}  // namespace rb::app
