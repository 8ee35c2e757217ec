#include <fstream>

#include "config/rooms.hpp"

namespace rb::config {

Group process_group() {
  return {"Process",
          {
              {.name = "ENVIRONMENT",  // the first option of all: it decides how the others are read
               .help = "How strict the program is",
               .kind = Kind::choice,
               .fallback = "development",
               .choices = {"development", "production"}},
              {.name = "DEBUG", .help = "Log everything", .kind = Kind::boolean, .fallback = "false"},
              {.name = "LOG_LEVEL",
               .help = "Least level that is logged",
               .kind = Kind::choice,
               .fallback = "info",
               .choices = {"debug", "info", "warning", "error", "warn", "critical"}},
              {.name = "HOST", .help = "Address to listen on; 0.0.0.0 for all", .fallback = "127.0.0.1"},
              {.name = "NOTIFICATION_PORT",
               .help = "Port of notification-service",
               .kind = Kind::port,
               .fallback = "8006"},
              {.name = "ANALYTICS_PORT",
               .help = "Port of analytics-service",
               .kind = Kind::port,
               .fallback = "8007"},
              {.name = "BOT_PORT", .help = "Port of telegram-bot", .kind = Kind::port, .fallback = "8000"},
              {.name = "NOTIFICATION_SERVICE_URL",
               .help = "Where telegram-bot reaches notification-service; without it NOTIFICATION_PORT here",
               .kind = Kind::url,
               .choices = {"https", "http"}},
              {.name = "PUBLIC_URL",
               .help = "Where people reach this server from outside; for links in messages",
               .kind = Kind::url,
               .choices = {"https", "http"}},
              {.name = "CORS_ORIGINS",
               .help = "Web sites whose pages may call the API, separated by commas",
               .kind = Kind::list},
              {.name = "TLS_CA_FILE", .help = "PEM file of the authorities to trust instead of the system's"},
              {.name = "EVENT_DEFAULT_TIMEZONE",
               .help = "Time zone of event times that come without an offset",
               .fallback = "UTC"},
              {.name = "RATE_LIMIT_PER_MINUTE",
               .help = "HTTP requests a minute from one caller; 0 lifts the limit",
               .kind = Kind::integer,
               .fallback = "0",
               .most = 1'000'000},
          }};
}

namespace {

// A service that listens on all addresses is reached on loopback.
std::string local_url(std::string host, std::uint16_t port) {
  if (host == "0.0.0.0" || host == "::") host = "127.0.0.1";
  if (host.contains(':')) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(port);
}

}  // namespace

ProcessSettings read_process(Reader& in) {
  ProcessSettings out;
  out.production = in.text("ENVIRONMENT") == "production";
  out.log_level = in.boolean("DEBUG") ? log::Level::debug
                                      : log::parse_level(in.text("LOG_LEVEL")).value_or(log::Level::info);
  out.host = in.text("HOST");
  out.notification_port = in.port("NOTIFICATION_PORT");
  out.analytics_port = in.port("ANALYTICS_PORT");
  out.bot_port = in.port("BOT_PORT");
  out.notification_url = in.text("NOTIFICATION_SERVICE_URL");
  while (out.notification_url.ends_with('/')) out.notification_url.pop_back();
  if (out.notification_url.empty()) out.notification_url = local_url(out.host, out.notification_port);
  out.public_url = in.text("PUBLIC_URL");
  while (out.public_url.ends_with('/')) out.public_url.pop_back();
  out.cors_origins = in.list("CORS_ORIGINS");
  out.tls_ca_file = in.text("TLS_CA_FILE");
  if (!out.tls_ca_file.empty() && !std::ifstream(out.tls_ca_file))
    in.problem("TLS_CA_FILE", "must be a file that can be read, not \"" + out.tls_ca_file + "\"");
  out.rate_limit_per_minute = static_cast<int>(in.integer("RATE_LIMIT_PER_MINUTE"));

  auto name = in.text("EVENT_DEFAULT_TIMEZONE");
  if (auto zone = Zone::find(name))
    out.event_default_timezone = *zone;
  else
    in.problem("EVENT_DEFAULT_TIMEZONE", "must be a time zone such as Europe/Moscow, not \"" + name + "\"");
  return out;
}

}  // namespace rb::config
