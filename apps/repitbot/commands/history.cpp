#include <fmt/format.h>

#include "analytics-service/tools.hpp"
#include "commands/commands.hpp"
#include "db/open.hpp"
#include "lines.hpp"

namespace rb::app {
namespace {

constexpr std::size_t kEventsAtOnce = 5000;  // in one transaction

using analytics::HistoryImport;

Task<Result<void>> take(HistoryImport& import, std::string file, LineBatch batch, Counts& counts) {
  auto numbers = std::move(batch.numbers);
  auto done = co_await import.take(std::move(batch.lines));
  for (std::size_t i = 0; i < done.size(); ++i) {
    counts.accepted += done[i].state == HistoryImport::State::accepted;
    counts.duplicate += done[i].state == HistoryImport::State::duplicate;
    counts.ignored += done[i].state == HistoryImport::State::ignored;
    if (done[i].state != HistoryImport::State::rejected) continue;
    ++counts.rejected;
    complain(file, numbers[i], done[i].reason);
  }
  co_return Result<void>{};
}

Task<int> import_history(net::Loop& loop, config::AppSettings settings, std::vector<std::string> files) {
  SystemClock clock;
  auto database = co_await db::open(loop, {.url = settings.database.url});
  auto import = co_await HistoryImport::open(*database, clock, config::jwt_secret(settings),
                                             settings.process.event_default_timezone);
  Counts counts;
  Result<void> done;
  for (const auto& file : files) {
    done = co_await read_lines(file, kEventsAtOnce, [&](const std::string& name, LineBatch batch) {
      return take(*import, name, std::move(batch), counts);
    });
    if (!done) break;
  }
  co_await database->close();
  counts.print();
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  bool fine = done && counts.rejected == 0;
  co_return fine ? 0 : 1;
}

}  // namespace

void add_history(Program& program) {
  auto group = program.line.group("history", "История школы · the school's history");
  auto command =
      group.add("import",
                "События из файлов прямо в аналитику, без уведомлений; можно повторять · events from "
                "files straight into analytics, no notifications; may be repeated");
  auto files = std::make_shared<std::vector<std::string>>();
  command.option("files", *files, "Файлы NDJSON · NDJSON files", Command::required);
  program.on_loop(command, [files](net::Loop& loop, config::AppSettings settings) {
    return import_history(loop, std::move(settings), *files);
  });
}

}  // namespace rb::app
