#pragma once
// Each room's option table and the function that reads it; read_settings() puts them together.
#include "config/reader.hpp"
#include "config/settings.hpp"

namespace rb::config {

Group process_group();
Group database_group();
Group bus_group();
Group cache_group();
Group jwt_group();
Group telegram_group();
Group mail_group();
Group notification_group();
Group analytics_group();

ProcessSettings read_process(Reader& in);
DatabaseSettings read_database(Reader& in);
BusSettings read_bus(Reader& in);
CacheSettings read_cache(Reader& in);
JwtSettings read_jwt(Reader& in);
TelegramSettings read_telegram(Reader& in);
MailSettings read_mail(Reader& in);
NotificationSettings read_notification(Reader& in);
AnalyticsSettings read_analytics(Reader& in);

}  // namespace rb::config
