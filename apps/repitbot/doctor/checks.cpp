#include "doctor/checks.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "analytics-service/service.hpp"
#include "bus/rabbit_connection.hpp"
#include "cache/cache.hpp"
#include "db/migrate.hpp"
#include "db/open.hpp"
#include "http/client.hpp"
#include "json/json.hpp"
#include "mail/smtp.hpp"
#include "service.hpp"
#include "telegram/client.hpp"
#include "telegram/settings.hpp"

namespace rb::app {
namespace {

namespace fs = std::filesystem;
using Level = Finding::Level;

constexpr double kLittleSpace = 0.5;  // GB

const std::string kDisk = "Диск · disk";
const std::string kDatabase = "База данных · database";
const std::string kBus = "Очередь событий · event bus";
const std::string kCache = "Кэш · cache";
const std::string kTelegram = "Telegram";
const std::string kMail = "Почта · e-mail";
const std::string kService = "Сервис · service";

// Where files are made: the folder of the SQLite file, or this one.
fs::path data_folder(const config::AppSettings& settings) {
  auto folder = settings.database.file.parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

std::string shown(const fs::path& path) { return fs::absolute(path).lexically_normal().string(); }

Finding no_new_file(const fs::path& folder) {
  if (!fs::is_directory(folder))
    return {Level::bad, kDatabase, "нет папки " + shown(folder) + " · there is no such folder",
            "создайте её: mkdir -p " + shown(folder) + " · make it"};
  if (access(folder.c_str(), W_OK) != 0)
    return {
        Level::bad, kDatabase,
        "в папку " + shown(folder) + " нельзя писать · the folder cannot be written to",
        "запустите от её владельца или укажите другую в DATABASE_URL · run as its owner or name another one"};
  return {
      Level::note, kDatabase,
      "файл будет создан при первом запуске в " + shown(folder) + " · the file is made at the first start"};
}

Finding state_of_schema(const std::string& name, const std::vector<std::string>& pending) {
  if (pending.empty()) return {Level::good, kDatabase, name + ", в порядке · up to date"};
  return {Level::note, kDatabase,
          fmt::format("{}, обновится при запуске: {} · will be brought up to date at start", name,
                      pending.size())};
}

}  // namespace

Finding check_disk(const config::AppSettings& settings) {
  auto folder = data_folder(settings);
  std::error_code unknown;
  auto space = fs::space(folder, unknown);
  if (unknown) return {Level::bad, kDisk, shown(folder) + ": " + unknown.message()};
  auto free = static_cast<double>(space.available) / 1e9;
  auto said = fmt::format("свободно {:.1f} ГБ · {:.1f} GB free", free, free);
  if (free < kLittleSpace)
    return {Level::bad, kDisk, said, "освободите место: базе и журналам некуда расти · make room"};
  return {Level::good, kDisk, said};
}

Task<Finding> check_database(net::Loop& loop, config::AppSettings settings) {
  const auto& s = settings.database;
  if (!s.postgres && !fs::exists(s.file)) co_return no_new_file(data_folder(settings));
  try {
    auto database = co_await db::open(loop, {.url = s.url});
    auto pending = co_await db::pending_migrations(*database, notification::migrations());
    std::ranges::move(co_await db::pending_migrations(*database, analytics::migrations()),
                      std::back_inserter(pending));
    co_await database->close();
    co_return state_of_schema(s.postgres ? "PostgreSQL" : "SQLite, " + shown(s.file), pending);
  } catch (const std::exception& e) {
    co_return Finding{
        Level::bad, kDatabase, e.what(),
        s.postgres ? "проверьте, что сервер запущен, и DATABASE_URL (POSTGRES_*) · check that the server "
                     "runs and DATABASE_URL"
                   : "проверьте файл и права на него · check the file and who may write to it"};
  }
}

Task<Finding> check_bus(net::Loop&, config::AppSettings settings) {
  if (!settings.bus.rabbitmq)
    co_return Finding{Level::good, kBus, "встроенная, в базе данных · embedded, in the database"};
  try {
    auto rabbit = bus::rabbit_settings(settings);
    bus::Interrupt never;
    bus::Connection connection(rabbit, "doctor", never);
    connection.close();
    co_return Finding{Level::good, kBus, fmt::format("RabbitMQ {}:{}", rabbit.host, rabbit.port)};
  } catch (const std::exception& e) {
    co_return Finding{
        Level::bad, kBus, e.what(),
        "проверьте, что брокер запущен, и RABBITMQ_URL · check that the broker runs and RABBITMQ_URL"};
  }
}

Task<Finding> check_cache(net::Loop& loop, config::AppSettings settings) {
  const auto& s = settings.cache;
  if (!s.redis) co_return Finding{Level::good, kCache, "в памяти · in memory"};
  auto cache = cache::redis_cache(loop, {s.host, s.port, s.user, s.password, s.database});
  if (co_await cache->ping())
    co_return Finding{Level::good, kCache, fmt::format("Redis {}:{}", s.host, s.port)};
  co_return Finding{Level::bad, kCache,
                    fmt::format("Redis {}:{}: {}", s.host, s.port, cache->state().problem),
                    "проверьте, что Redis запущен, и REDIS_URL · check that Redis runs and REDIS_URL"};
}

Task<Finding> check_telegram(net::Loop& loop, config::AppSettings settings) {
  if (settings.telegram.token.empty())
    co_return Finding{
        Level::note, kTelegram, "не подключён · not connected",
        "получите токен у @BotFather и запишите его в .env: BOT_TOKEN=… · get a token from @BotFather"};
  http::Client http(loop);
  telegram::Client client(http, telegram::bot_settings(settings));
  auto me = co_await client.get_me();
  if (me) co_return Finding{Level::good, kTelegram, "@" + me->username};
  auto cure =
      std::holds_alternative<telegram::TokenInvalid>(me.error())
          ? "возьмите у @BotFather действующий токен (BOT_TOKEN) · take a valid token from @BotFather"
          : "проверьте выход в интернет; если Telegram закрыт, задайте TELEGRAM_PROXY · check the way to the "
            "internet; where Telegram is blocked, set TELEGRAM_PROXY";
  co_return Finding{Level::bad, kTelegram, describe(me.error()), cure};
}

Task<Finding> check_mail(net::Loop& loop, config::AppSettings settings) {
  if (!settings.mail.configured())
    co_return Finding{
        Level::note, kMail, "не подключена · not connected",
        "задайте EMAIL_USERNAME и EMAIL_PASSWORD (пароль приложения) · set them; the password is an "
        "app password"};
  auto smtp = mail::smtp_settings(settings);
  if (!smtp) co_return Finding{Level::bad, kMail, smtp.error().message};
  auto place = fmt::format("{}:{}", smtp->host, smtp->port);
  mail::SmtpClient client(loop, *smtp);
  auto outcome = co_await client.check();
  if (outcome.result != mail::SmtpResult::accepted) {
    bool login =
        outcome.result == mail::SmtpResult::auth_failed || outcome.result == mail::SmtpResult::auth_suspect;
    co_return Finding{
        Level::bad, kMail, place + ": " + outcome.reason,
        login ? "нужен пароль приложения из настроек почты, а не пароль от ящика (EMAIL_PASSWORD) · an "
                "app password is needed, not that of the mailbox"
              : "проверьте EMAIL_HOST и EMAIL_PORT · check EMAIL_HOST and EMAIL_PORT"};
  }
  if (settings.process.public_url.empty())
    co_return Finding{Level::note, kMail, place,
                      "без PUBLIC_URL в письмах нет ссылки «отписаться» · without PUBLIC_URL mails have no "
                      "unsubscribe link"};
  co_return Finding{Level::good, kMail, place};
}

Task<Finding> check_service(net::Loop& loop, config::AppSettings settings) {
  const auto& url = settings.process.notification_url;
  http::Client http(loop);
  auto answer = co_await http.send({.url = url + "/health", .deadline = std::chrono::seconds(5)});
  if (!answer)
    co_return Finding{Level::note, kService, "не запущен · not running: " + url,
                      "запустите: repitbot serve · start it"};
  auto body = json::parse(answer->body);
  const auto* said = body ? body->if_object() : nullptr;
  if (said == nullptr || !said->contains("service") || !said->contains("status"))
    co_return Finding{Level::bad, kService, url + " занят другой программой · another program answers there",
                      "остановите её или задайте NOTIFICATION_PORT · stop it or set NOTIFICATION_PORT"};
  if (said->at("status") == "healthy") co_return Finding{Level::good, kService, url + " работает · runs"};
  co_return Finding{Level::bad, kService, url + ": " + answer->body, "смотрите журнал сервиса · see its log"};
}

}  // namespace rb::app
