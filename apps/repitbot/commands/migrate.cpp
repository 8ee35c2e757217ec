#include "db/migrate.hpp"

#include <fmt/format.h>

#include "backends.hpp"
#include "commands/commands.hpp"
#include "service.hpp"

namespace rb::app {
namespace {

Task<int> migrate(net::Loop& loop, config::AppSettings settings, bool check) {
  SystemClock clock;
  auto backends = co_await notification::Backends::open(loop, clock, settings);
  auto names = check ? co_await db::pending_migrations(*backends.database, notification::migrations())
                     : co_await db::migrate(*backends.database, notification::migrations(), clock);
  for (const auto& name : names)
    fmt::print("{} {}\n", check ? "ждёт · pending" : "применено · applied", name);
  if (names.empty()) fmt::print("База данных в порядке · the database is up to date\n");
  co_await backends.database->close();
  co_return check && !names.empty() ? 1 : 0;
}

}  // namespace

void add_migrate(Program& program) {
  auto command = program.line.add("migrate", "Обновить базу данных · bring the database up to date");
  auto check = std::make_shared<bool>(false);
  command.flag("--check", *check, "Только показать, что изменится · only show what would change");
  program.on_loop(command, [check](net::Loop& loop, config::AppSettings settings) {
    return migrate(loop, std::move(settings), *check);
  });
}

}  // namespace rb::app
