#include <fmt/format.h>

#include "commands/commands.hpp"
#include "lines.hpp"
#include "own_service.hpp"

namespace rb::app {
namespace {

constexpr std::size_t kBatch = 500;  // events in one call

struct PublishOptions {
  std::vector<std::string> files;
  std::string url;
};

// Events of one call, and the lines they stand on.
struct Batch {
  json::array events;
  std::vector<int> lines;
};

void count(const std::string& file, const Batch& batch, const json::value& answer, Counts& counts) {
  const auto& results = answer.at("results").as_array();
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::string_view status = results[i].at("status").as_string();
    counts.accepted += status == "accepted";
    counts.duplicate += status == "duplicate";
    counts.ignored += status == "ignored";
    counts.rejected += status == "rejected";
    if (status == "rejected")
      complain(file, batch.lines.at(i), std::string_view(results[i].at("reason").as_string()));
  }
}

Task<Result<void>> send(OwnService& service, std::string file, LineBatch lines, Counts& counts) {
  Batch batch;
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    auto event = json::parse(lines.lines[i]);
    if (event) {
      batch.events.push_back(std::move(*event));
      batch.lines.push_back(lines.numbers[i]);
    } else {
      ++counts.rejected;
      complain(file, lines.numbers[i], event.error().message);
    }
  }
  if (batch.events.empty()) co_return Result<void>{};
  auto answer = co_await service.call(http::Method::post, "/api/v1/events", batch.events);
  if (!answer) co_return fail(std::move(answer.error()));
  if (!answer->body.is_object() || !answer->body.as_object().contains("results"))
    co_return fail(Errc::rejected, json::to_text(answer->body));
  count(file, batch, answer->body, counts);
  co_return Result<void>{};
}

Task<int> publish(net::Loop& loop, config::AppSettings settings, PublishOptions options) {
  OwnService service(loop, settings, options.url);
  Counts counts;
  std::string problem;
  for (const auto& file : options.files) {
    auto done = co_await read_lines(file, kBatch, [&](const std::string& name, LineBatch lines) {
      return send(service, name, std::move(lines), counts);
    });
    if (done) continue;
    problem = done.error().message;
    break;
  }
  counts.print();
  if (!problem.empty()) fmt::print(stderr, "{}\n", problem);
  co_return problem.empty() && counts.rejected == 0 ? 0 : 1;
}

}  // namespace

void add_event(Program& program) {
  auto group = program.line.group("event", "События · events");
  auto command = group.add(
      "publish", "Отправить события из файла, по одному JSON в строке · send CloudEvents, one JSON a line");
  auto options = std::make_shared<PublishOptions>();
  command.option("files", options->files, "Файлы NDJSON · NDJSON files", Command::required);
  command.option("--url", options->url,
                 "Другой сервис, а не этой установки · another service than that of this installation");
  program.on_loop(command, [options](net::Loop& loop, config::AppSettings settings) {
    return publish(loop, std::move(settings), *options);
  });
}

}  // namespace rb::app
