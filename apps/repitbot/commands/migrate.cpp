#include "db/migrate.hpp"

#include <fmt/format.h>

#include "analytics-service/service.hpp"
#include "commands/commands.hpp"
#include "service.hpp"
#include "service/backends.hpp"

namespace rb::app {
namespace {

Task<int> migrate(net::Loop& loop, config::AppSettings settings, bool check) {
  SystemClock clock;
  auto backends = co_await service::Backends::open(loop, clock, settings, "notification");
  std::vector<std::string> names;
  for (const auto& migrations : {notification::migrations(), analytics::migrations()})
    for (auto& name : check ? co_await db::pending_migrations(*backends.database, migrations)
                            : co_await db::migrate(*backends.database, migrations, clock))
      names.push_back(migrations.service + "/" + name);
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
