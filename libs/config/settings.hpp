#pragma once
// Every setting of the programs as one typed value. The option tables are in settings_<room>.cpp; only a
// *_URL or *_HOST switches a server on. Without any setting the defaults give a whole system on one SQLite
// file.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/option.hpp"
#include "config/source.hpp"
#include "log/log.hpp"
#include "time/zone.hpp"

namespace rb::config {

struct ProcessSettings {
  bool production = false;
  log::Level log_level = log::Level::info;  // DEBUG=true lowers it to debug
  std::string host;                         // address to listen on
  std::uint16_t notification_port = 0, analytics_port = 0, bot_port = 0;
  std::string notification_url;           // where others reach notification-service; no slash at its end
  std::string public_url;                 // without a slash at its end; "": not reachable from outside
  std::vector<std::string> cors_origins;  // none: no browser of another site
  std::string tls_ca_file;                // "": those of the system
  Zone event_default_timezone = Zone::utc();
  int rate_limit_per_minute = 0;  // HTTP requests of one caller; 0: no limit
};

struct DatabaseSettings {
  bool postgres = false;
  std::string url;             // sqlite:///FILE or postgresql://…, without SQLAlchemy's driver names
  std::filesystem::path file;  // that of SQLite; else empty
};

struct BusSettings {
  bool rabbitmq = false;  // else the embedded bus
  bool tls = false;       // amqps://
  std::string host, user, password, vhost;
  std::uint16_t port = 0;
  std::vector<std::string> legacy_exchanges;
};

struct CacheSettings {
  bool redis = false;  // else memory
  std::string host, user, password;
  std::uint16_t port = 0;
  int database = 0;
};

struct JwtSettings {
  std::string secret;                 // HS256; "" in development only: see kept_secret.hpp
  std::vector<std::string> previous;  // still accepted
  std::string public_key;             // PEM, RS256 or ES256; "": none
};

struct TelegramSettings {
  std::string token;  // "": the channel is not configured
  std::string api_url, proxy;
  double messages_per_second = 0;  // 0: no limit
  int chat_burst = 0;              // 0: no limit
  std::string webhook_url, webhook_secret;
};

// What mail::smtp_settings() makes a server of: it knows those of common accounts.
struct MailSettings {
  std::string host;                   // "": by the domain of the username
  std::optional<std::uint16_t> port;  // nullopt: by the host
  std::string username, password;
  bool use_tls = true;
  std::string from_address, from_name;  // address "": the username
  std::string school_name;              // "": nobody has given one

  bool configured() const { return !host.empty() || !username.empty(); }
};

struct NotificationSettings {
  int retry_attempts = 0;              // tries in all
  std::chrono::seconds retry_delay{};  // before the second try; doubles
  std::chrono::seconds lease{};        // after which the work of a vanished process is taken over
  int balance_low_lessons = 0;         // at how many paid lessons left the payer is told
  std::string default_language;        // of the bot: ru or en
  std::string user_service_url;        // "": nobody is asked for unknown people
};

struct AnalyticsSettings {
  std::chrono::seconds charts_cache_ttl{};
};

struct AppSettings {
  ProcessSettings process;
  DatabaseSettings database;
  BusSettings bus;
  CacheSettings cache;
  JwtSettings jwt;
  TelegramSettings telegram;
  MailSettings mail;
  NotificationSettings notification;
  AnalyticsSettings analytics;
};

// Errc::invalid: the message has a line for each setting that is wrong, "NAME: what is allowed".
Result<AppSettings> read_settings(const Source& source);

// Those of this process: its environment and the .env of the working directory.
Result<AppSettings> own_settings();

const std::vector<Group>& all_groups();

// JWT_SECRET_KEY; in development without it the secret kept beside the SQLite file or in the working
// directory.
std::string jwt_secret(const AppSettings& settings);

// How this process should log: readable at a terminal in development, else JSON.
log::Options log_options(const ProcessSettings& settings, std::string service);

}  // namespace rb::config
