#include "embedded.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "backends.hpp"
#include "demo.hpp"
#include "greeting.hpp"
#include "log/log.hpp"
#include "net/signals.hpp"
#include "service.hpp"

namespace rb::app {

Task<> serve(net::Loop& loop, config::AppSettings settings, ServeOptions options) {
  if (options.demo) settings = demo_settings(std::move(settings));
  SystemClock clock;
  metrics::Registry registry;
  metrics::add_build_info(registry, "repitbot", RB_VERSION);
  metrics::add_process_metrics(registry);
  auto backends = co_await notification::Backends::open(loop, clock, settings);
  auto service = co_await notification::Service::create(
      {loop, clock, *backends.database, *backends.bus, registry, settings, config::jwt_secret(settings)});
  co_await backends.bus->start();
  if (auto started = service->start(); !started) throw Broken(started.error().message);
  log::info("notification-service is ready", {{"port", service->port()}});
  if (isatty(STDOUT_FILENO) == 1) {
    fmt::print("{}", greeting(settings, service->port(), options.demo));
    std::fflush(stdout);
  }
  std::optional<Demo> demo;
  if (options.demo) demo.emplace(loop, clock, settings).start();
  co_await net::stop_asked(loop);
  log::info("stopping");
  if (demo) co_await demo->stop();
  co_await service->stop();
  co_await backends.bus->stop();
  co_await backends.database->close();
}

}  // namespace rb::app
