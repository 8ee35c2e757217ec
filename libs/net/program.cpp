#include "net/program.hpp"

#include <cstdio>

#include "config/text.hpp"
#include "log/log.hpp"

namespace rb::net {

namespace {

// What a program whose settings are its environment does with arguments.
int answer(const std::string& service, std::string_view argument) {
  if (argument == "--version") {
    std::printf("%s %s\n", service.c_str(), RB_VERSION);
    return 0;
  }
  if (argument == "--help" || argument == "-h") {
    std::fputs(config::help(config::all_groups()).c_str(), stdout);
    return 0;
  }
  std::fprintf(stderr, "%s takes no arguments but --help and --version\n", service.c_str());
  return 2;
}

}  // namespace

int run_program(const std::string& service, std::span<char*> arguments,
                const std::function<Task<>(Program)>& serve) {
  if (arguments.size() > 1) return answer(service, arguments[1]);
  auto settings = config::own_settings();
  if (!settings) {
    std::fprintf(stderr, "%s\n", settings.error().message.c_str());
    return 2;
  }
  log::start(config::log_options(settings->process, service));
  Loop loop([](const std::string& task, const std::string& what) {
    log::error("a task failed", {{"task", task}, {"reason", what}});
  });
  SystemClock clock;
  metrics::Registry registry;
  metrics::add_build_info(registry, service, RB_VERSION);
  metrics::add_process_metrics(registry);
  int code = 0;
  try {
    loop.run_until(serve({loop, clock, registry, std::move(*settings)}));
  } catch (const std::exception& e) {
    log::error(e.what());
    code = 1;
  }
  log::flush();
  return code;
}

}  // namespace rb::net
