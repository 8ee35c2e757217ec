#include "greeting.hpp"

#include <fmt/format.h>

namespace rb::app {
namespace {

std::string way(bool configured, const char* setting) {
  if (configured) return "подключено · connected";
  return fmt::format("на страницу исходящих, пока не задан {} · to the outbox page until {} is set", setting,
                     setting);
}

}  // namespace

std::string greeting(const config::AppSettings& settings, unsigned short port, bool demo) {
  auto base = fmt::format("http://localhost:{}", port);
  auto out = fmt::format("\n  RepitBot {}{}\n\n", RB_VERSION, demo ? " · демо-школа · a demo school" : "");
  if (!settings.process.production) out += fmt::format("  Исходящие · outbox   {}/outbox\n", base);
  out += fmt::format("  API                  {}/docs\n", base);
  if (demo) {
    out += "  Telegram, почта      не подключаются: наружу ничего не уходит · nothing leaves this machine\n";
  } else if (!settings.process.production) {
    out += fmt::format("  Telegram             {}\n", way(!settings.telegram.token.empty(), "BOT_TOKEN"));
    out += fmt::format("  Почта · e-mail       {}\n", way(settings.mail.configured(), "EMAIL_HOST"));
  }
  if (!demo && !settings.telegram.token.empty()) out += "  Чат · chat           repitbot link --user ID\n";
  out += "  Токен · token        repitbot token --user me --role admin\n";
  return out + "  Остановить · stop    Ctrl+C\n\n";
}

}  // namespace rb::app
