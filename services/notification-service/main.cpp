// notification-service on its own: PostgreSQL, RabbitMQ and Redis as the environment says.
#include <fmt/format.h>

#include <cstdio>

#include "backends.hpp"
#include "log/log.hpp"
#include "net/signals.hpp"
#include "service.hpp"

namespace rb::notification {
namespace {

Task<> serve(net::Loop& loop, const Clock& clock, metrics::Registry& registry, config::AppSettings settings) {
  auto backends = co_await Backends::open(loop, clock, settings);
  auto service = co_await Service::create(
      {loop, clock, *backends.database, *backends.bus, registry, settings, jwt_secret(settings)});
  co_await backends.bus->start();
  if (auto started = service->start(); !started) throw Broken(started.error().message);
  log::info("notification-service is ready", {{"port", service->port()}});
  co_await net::stop_asked(loop);
  log::info("notification-service is stopping");
  co_await service->stop();
  co_await backends.bus->stop();
  co_await backends.database->close();
}

int run() {
  auto source = config::Source::load(".");
  auto settings = source ? config::read_settings(*source) : fail(source.error());
  if (!settings) {
    fmt::print(stderr, "{}\n", settings.error().message);
    return 2;
  }
  log::start(config::log_options(settings->process, "notification-service"));
  net::Loop loop([](const std::string& task, const std::string& what) {
    log::error("a task failed", {{"task", task}, {"reason", what}});
  });
  SystemClock clock;
  metrics::Registry registry;
  metrics::add_build_info(registry, "notification-service", RB_VERSION);
  metrics::add_process_metrics(registry);
  try {
    loop.run_until(serve(loop, clock, registry, std::move(*settings)));
  } catch (const std::exception& e) {
    log::error(e.what());
    log::flush();
    return 1;
  }
  log::flush();
  return 0;
}

}  // namespace
}  // namespace rb::notification

int main() { return rb::notification::run(); }
