#include "db/migrate.hpp"

#include <fmt/format.h>

#include "analytics-service/service.hpp"
#include "commands/commands.hpp"
#include "db/open.hpp"
#include "service.hpp"

namespace rb::app {
namespace {

Task<int> migrate(net::Loop& loop, config::AppSettings settings, bool check) {
  SystemClock clock;
  auto database = co_await db::open(loop, {.url = settings.database.url});
  std::vector<std::string> names;
  for (const auto& migrations : {notification::migrations(), analytics::migrations()})
    for (auto& name : check ? co_await db::pending_migrations(*database, migrations)
                            : co_await db::migrate(*database, migrations, clock))
      names.push_back(migrations.service + "/" + name);
  for (const auto& name : names)
    fmt::print("{} {}\n", check ? "ждёт · pending" : "применено · applied", name);
  if (names.empty()) fmt::print("База данных в порядке · the database is up to date\n");
  co_await database->close();
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
