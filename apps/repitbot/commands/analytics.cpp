#include <fmt/format.h>
#include <unistd.h>

#include "analytics-service/tools.hpp"
#include "commands/commands.hpp"
#include "db/open.hpp"

namespace rb::app {
namespace {

void show_progress(std::int64_t entities) {
  if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r{}", entities);
}

Task<int> verify(net::Loop& loop, config::AppSettings settings) {
  auto database = co_await db::open(loop, {.url = settings.database.url});
  auto verified = co_await analytics::verify(*database, &show_progress);
  co_await database->close();
  if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r");
  for (const auto& difference : verified.differences) fmt::print("{}\n", difference);
  fmt::print("сверено · compared {}, расхождений · differences {}\n", verified.entities,
             verified.differences.size());
  co_return verified.differences.empty() ? 0 : 1;
}

Task<int> rebuild(net::Loop& loop, config::AppSettings settings) {
  auto database = co_await db::open(loop, {.url = settings.database.url});
  co_await analytics::rebuild(*database);
  co_await database->close();
  fmt::print("готово · done\n");
  co_return 0;
}

}  // namespace

void add_analytics(Program& program) {
  auto group = program.line.group("analytics", "Аналитика · analytics");
  auto command =
      group.add("verify",
                "Пересчитать всё по журналу событий и сравнить · recompute everything from the event "
                "log and compare");
  program.on_loop(command, [](net::Loop& loop, config::AppSettings settings) {
    return verify(loop, std::move(settings));
  });
  auto anew = group.add("rebuild",
                        "Посчитать всё заново по журналу событий · make all figures anew from the event log");
  program.on_loop(
      anew, [](net::Loop& loop, config::AppSettings settings) { return rebuild(loop, std::move(settings)); });
}

}  // namespace rb::app
