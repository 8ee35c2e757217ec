#include <fmt/format.h>
#include <unistd.h>

#include <ctime>

#include "api/qr.hpp"
#include "base/strings.hpp"
#include "commands/commands.hpp"
#include "own_service.hpp"
#include "time/iso.hpp"

namespace rb::app {
namespace {

// As a clock beside this machine shows it.
std::string local_time(std::string_view iso) {
  auto when = parse_iso(iso, Zone::utc()).value();
  auto seconds = std::chrono::system_clock::to_time_t(when);
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%d.%m.%Y %H:%M %Z", &local)};
}

// Black on white whatever the colours of the terminal: many phones read no other.
void print_qr(const std::string& url) {
  bool terminal = isatty(STDOUT_FILENO) == 1;
  for (const auto& line : notification::qr_lines(url))
    fmt::print("{}{}{}\n", terminal ? "\033[38;5;16;48;5;231m" : "", line, terminal ? "\033[0m" : "");
}

void print_link(const json::object& link, bool has_bot) {
  if (const auto* url = link.at("url").if_string()) {
    fmt::print("{}\n\n", std::string_view(*url));
    print_qr(std::string(*url));
    fmt::print("\n");
  } else {
    fmt::print("{}\n", has_bot
                           ? "Telegram пока не сказал имя бота · Telegram has not told the bot's name yet"
                           : "Бот не настроен: задайте BOT_TOKEN · the bot is not configured: set BOT_TOKEN");
    fmt::print("Сообщение боту · message to the bot: /start {}\n",
               std::string_view(link.at("token").as_string()));
  }
  fmt::print("Действует один раз, до · for one use, until {}\n",
             local_time(link.at("expires_at").as_string()));
}

Task<int> link(net::Loop& loop, config::AppSettings settings, std::string user) {
  OwnService service(loop, settings);
  auto path = "/api/v1/contacts/" + percent_encode(user) + "/link";
  auto answer = co_await service.call(http::Method::post, std::move(path), json::object());
  if (answer && answer->status == 200) {
    print_link(answer->body.as_object(), !settings.telegram.token.empty());
    co_return 0;
  }
  auto reason = answer ? json::to_text(answer->body) : answer.error().message;
  fmt::print(stderr, "{}\n", reason);
  co_return 1;
}

}  // namespace

void add_link(Program& program) {
  auto command = program.line.add(
      "link", "Одноразовая ссылка, подключающая Telegram · a one-time link that connects Telegram");
  auto user = std::make_shared<std::string>();
  command.option("--user", *user, "Чей Telegram · whose Telegram", Command::required);
  program.on_loop(command, [user](net::Loop& loop, config::AppSettings settings) {
    return link(loop, std::move(settings), *user);
  });
}

}  // namespace rb::app
