#include "log/log.hpp"

#include <spdlog/logger.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "base/strings.hpp"
#include "log/capture.hpp"
#include "log/line.hpp"
#include "log/sink.hpp"

namespace rb::log {
namespace {

constexpr spdlog::level::level_enum to_spdlog(Level level) {
  constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                   spdlog::level::warn, spdlog::level::err};
  return kLevels[static_cast<std::size_t>(level)];
}

// Lives as long as the process: threads may log while it ends.
struct Process {
  std::shared_ptr<WriterSink> sink = std::make_shared<WriterSink>(STDOUT_FILENO);
  spdlog::logger logger{"repitbot", sink};
  std::string service = Options().service;
  std::atomic<bool> readable = false;

  Process() {
    logger.set_level(spdlog::level::info);
    logger.flush_on(spdlog::level::err);
    std::atexit(flush);
  }
};

Process& process() {
  static auto* const it = new Process;
  return *it;
}

void write(Level level, std::string_view message, Fields fields) {
  if (!enabled(level)) return;
  auto& it = process();
  Line line{std::chrono::system_clock::now(), level, it.service, message, fields};
  it.logger.log(to_spdlog(level), it.readable ? to_readable(line) : to_json(line));
}

}  // namespace

std::optional<Level> parse_level(std::string_view name) {
  auto lower = ascii_lower(name);
  if (lower == "debug") return Level::debug;
  if (lower == "info") return Level::info;
  if (lower == "warn" || lower == "warning") return Level::warn;
  if (lower == "error" || lower == "critical") return Level::error;
  return std::nullopt;
}

void start(Options options) {
  auto& it = process();
  it.service = std::move(options.service);
  it.readable = options.readable;
  it.logger.set_level(to_spdlog(options.level));
}

bool enabled(Level level) { return process().logger.should_log(to_spdlog(level)); }
void debug(std::string_view message, Fields fields) { write(Level::debug, message, fields); }
void info(std::string_view message, Fields fields) { write(Level::info, message, fields); }
void warn(std::string_view message, Fields fields) { write(Level::warn, message, fields); }
void error(std::string_view message, Fields fields) { write(Level::error, message, fields); }

void flush() { process().logger.flush(); }
bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

Capture::Capture() { process().sink->divert(&lines); }
Capture::~Capture() { process().sink->divert(nullptr); }

}  // namespace rb::log
