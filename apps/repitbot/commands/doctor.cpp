#include <fmt/format.h>

#include "commands/commands.hpp"
#include "doctor/checks.hpp"
#include "doctor/smoke.hpp"

namespace rb::app {
namespace {

struct DoctorOptions {
  bool smoke = false;
  std::optional<std::int64_t> chat;
};

Task<int> examine(net::Loop& loop, config::AppSettings settings, DoctorOptions options) {
  std::vector<Finding> findings;
  auto tell = [&findings](Finding finding) {  // at once: a server that is away takes its ten seconds
    fmt::print("{}", as_text({finding}));
    std::fflush(stdout);
    findings.push_back(std::move(finding));
  };
  tell({Finding::Level::good, "Настройки · settings", "прочитаны · read"});
  tell(check_disk(settings));
  for (auto* check : {check_database, check_bus, check_cache, check_telegram, check_mail, check_service})
    tell(co_await check(loop, settings));
  if (options.smoke) {
    tell(co_await send_test_mail(loop, settings));
    tell(co_await send_test_message(loop, settings, options.chat));
  }
  co_return all_well(findings) ? 0 : 1;
}

}  // namespace

void add_doctor(Program& program) {
  auto command = program.line.add(
      "doctor", "Проверить машину, настройки и серверы · check the machine, the settings and every server");
  auto options = std::make_shared<DoctorOptions>();
  command.flag("--smoke", options->smoke,
               "Отправить одно настоящее письмо и сообщение · send one real mail and message");
  command.option("--chat", options->chat, "Чат для пробного сообщения · chat of the test message");
  program.on_loop(command, [options](net::Loop& loop, config::AppSettings settings) {
    return examine(loop, std::move(settings), *options);
  });
}

}  // namespace rb::app
