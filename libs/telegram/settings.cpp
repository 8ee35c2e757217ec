#include "telegram/settings.hpp"

namespace rb::telegram {

BotSettings bot_settings(const config::AppSettings& settings) {
  return {.token = settings.telegram.token,
          .api_url = settings.telegram.api_url,
          .proxy = settings.telegram.proxy,
          .ca_file = settings.process.tls_ca_file};
}

}  // namespace rb::telegram
