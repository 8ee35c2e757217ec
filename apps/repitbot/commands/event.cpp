#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "base/strings.hpp"
#include "commands/commands.hpp"
#include "own_service.hpp"

namespace rb::app {
namespace {

constexpr std::size_t kBatch = 500;  // events in one call

struct PublishOptions {
  std::vector<std::string> files;
  std::string url;
};

struct Counts {
  std::int64_t accepted = 0, duplicate = 0, ignored = 0, rejected = 0;
};

// Events of one call, and the lines they stand on.
struct Batch {
  json::array events;
  std::vector<int> lines;
};

void print_line(const std::string& file, int line, std::string_view reason) {
  fmt::print(stderr, "{}:{}: {}\n", file, line, reason);
}

void count(const std::string& file, const Batch& batch, const json::value& answer, Counts& counts) {
  const auto& results = answer.at("results").as_array();
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::string_view status = results[i].at("status").as_string();
    counts.accepted += status == "accepted";
    counts.duplicate += status == "duplicate";
    counts.ignored += status == "ignored";
    counts.rejected += status == "rejected";
    if (status == "rejected")
      print_line(file, batch.lines.at(i), std::string_view(results[i].at("reason").as_string()));
  }
}

Task<Result<void>> send(OwnService& service, const std::string& file, Batch batch, Counts& counts) {
  if (batch.events.empty()) co_return Result<void>{};
  auto answer = co_await service.call(http::Method::post, "/api/v1/events", batch.events);
  if (!answer) co_return fail(std::move(answer.error()));
  if (!answer->body.is_object() || !answer->body.as_object().contains("results"))
    co_return fail(Errc::rejected, json::to_text(answer->body));
  count(file, batch, answer->body, counts);
  co_return Result<void>{};
}

void show_progress(const std::string& file, std::streamoff read, std::streamoff size) {
  if (isatty(STDERR_FILENO) != 1 || size <= 0) return;
  constexpr std::streamoff kWidth = 30;
  auto full = static_cast<std::size_t>(kWidth * read / size);
  fmt::print(stderr, "\r{} [{:<{}}] {:3}%", file, std::string(full, '#'), kWidth, 100 * read / size);
  if (read >= size) fmt::print(stderr, "\n");
}

Task<Result<void>> publish_file(OwnService& service, std::string file, Counts& counts) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) co_return fail(Errc::not_found, "файл не читается · cannot be read: " + file);
  std::streamoff size = in.tellg(), read = 0;
  in.seekg(0);
  Batch batch;
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    read += static_cast<std::streamoff>(text.size()) + 1;
    if (trim(text).empty()) continue;
    auto event = json::parse(text);
    if (!event) {
      ++counts.rejected;
      print_line(file, line, event.error().message);
      continue;
    }
    batch.events.push_back(std::move(*event));
    batch.lines.push_back(line);
    if (batch.events.size() < kBatch) continue;
    auto sent = co_await send(service, file, std::exchange(batch, {}), counts);
    if (!sent) co_return sent;
    show_progress(file, read, size);
  }
  auto sent = co_await send(service, file, std::move(batch), counts);
  if (sent) show_progress(file, size, size);
  co_return sent;
}

Task<int> publish(net::Loop& loop, config::AppSettings settings, PublishOptions options) {
  OwnService service(loop, settings, options.url);
  Counts counts;
  std::string problem;
  for (const auto& file : options.files) {
    auto done = co_await publish_file(service, file, counts);
    if (done) continue;
    problem = done.error().message;
    break;
  }
  fmt::print(
      "принято · accepted {}, повторы · duplicates {}, пропущено · ignored {}, отклонено · rejected {}\n",
      counts.accepted, counts.duplicate, counts.ignored, counts.rejected);
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
