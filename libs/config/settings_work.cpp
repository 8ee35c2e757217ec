#include "config/rooms.hpp"

namespace rb::config {

Group notification_group() {
  return {"Notifications",
          {
              {.name = "NOTIFICATION_RETRY_ATTEMPTS",
               .aliases = {"MAX_RETRY_ATTEMPTS"},
               .help = "How often one message is tried in all",
               .kind = Kind::integer,
               .fallback = "10",
               .least = 1,
               .most = 100},
              {.name = "NOTIFICATION_RETRY_DELAY",
               .aliases = {"RETRY_DELAY_SECONDS"},
               .help = "Seconds before the second try; each further wait doubles",
               .kind = Kind::seconds,
               .fallback = "5",
               .most = 86'400},
              {.name = "NOTIFICATION_LEASE_SECONDS",
               .help = "Seconds after which another process takes over what a vanished one was sending",
               .kind = Kind::seconds,
               .fallback = "30",
               .least = 1,
               .most = 600},
              {.name = "BALANCE_LOW_LESSONS",
               .help = "At how many paid lessons left the payer is told",
               .kind = Kind::integer,
               .fallback = "1",
               .most = 1'000},
              {.name = "DEFAULT_LANGUAGE",
               .help = "The bot's language where neither the school nor Telegram names one",
               .kind = Kind::choice,
               .fallback = "ru",
               .choices = {"ru", "en"}},
              {.name = "USER_SERVICE_URL",
               .help = "Service that is asked for the contacts of somebody unknown whom a call is about",
               .kind = Kind::url,
               .choices = {"https", "http"}},
          }};
}

Group analytics_group() {
  return {"Analytics",
          {
              {.name = "CHARTS_CACHE_TTL",
               .aliases = {"CACHE_EXPIRATION_SECONDS"},
               .help = "Seconds that computed answers are kept",
               .kind = Kind::seconds,
               .fallback = "3600",
               .most = 86'400},
          }};
}

NotificationSettings read_notification(Reader& in) {
  return {.retry_attempts = static_cast<int>(in.integer("NOTIFICATION_RETRY_ATTEMPTS")),
          .retry_delay = in.seconds("NOTIFICATION_RETRY_DELAY"),
          .lease = in.seconds("NOTIFICATION_LEASE_SECONDS"),
          .balance_low_lessons = static_cast<int>(in.integer("BALANCE_LOW_LESSONS")),
          .default_language = in.text("DEFAULT_LANGUAGE"),
          .user_service_url = in.text("USER_SERVICE_URL")};
}

AnalyticsSettings read_analytics(Reader& in) { return {.charts_cache_ttl = in.seconds("CHARTS_CACHE_TTL")}; }

}  // namespace rb::config
