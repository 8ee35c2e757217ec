#include "net/program.hpp"

#include <cstdio>

#include "log/log.hpp"

namespace rb::net {

int run_program(const std::string& service, const std::function<Task<>(Program)>& serve) {
  auto source = config::Source::load(".");
  auto settings = source ? config::read_settings(*source) : fail(source.error());
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
