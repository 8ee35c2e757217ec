#include "embedded.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <optional>

#include "analytics-service/service.hpp"
#include "demo.hpp"
#include "greeting.hpp"
#include "log/log.hpp"
#include "net/signals.hpp"
#include "service.hpp"
#include "service/backends.hpp"
#include "telegram-bot/service.hpp"

namespace rb::app {
namespace {

// Both services on one database, bus and cache.
struct Services {
  service::Backends backends;
  std::unique_ptr<notification::Service> notification;  // if it is asked for
  std::unique_ptr<analytics::Service> analytics;        // if it is asked for
};

Task<Services> open_services(net::Loop& loop, const Clock& clock, metrics::Registry& registry,
                             const config::AppSettings& settings, const ServeOptions& options) {
  Services out;
  bool analytics_only = !options.runs("notification");
  out.backends =
      co_await service::Backends::open(loop, clock, settings, analytics_only ? "analytics" : "notification");
  auto& [database, bus, cache] = out.backends;
  auto secret = config::jwt_secret(settings);
  if (options.runs("notification"))
    out.notification = co_await notification::Service::create(
        {loop, clock, *database, *bus, registry, settings, secret, cache.get()});
  if (options.runs("analytics"))
    out.analytics = co_await analytics::Service::create(
        {loop, clock, *database, *bus, registry, settings, secret, cache.get()});
  co_await bus->start();
  co_return out;
}

Result<void> start(Services& services) {
  if (services.notification) {
    if (auto started = services.notification->start(); !started) return started;
    log::info("notification-service is ready", {{"port", services.notification->port()}});
  }
  if (services.analytics) {
    if (auto started = services.analytics->start(); !started) return started;
    log::info("analytics-service is ready", {{"port", services.analytics->port()}});
  }
  return {};
}

Task<> close(Services& services) {
  if (services.notification) co_await services.notification->stop();
  if (services.analytics) co_await services.analytics->stop();
  co_await services.backends.bus->stop();
  co_await services.backends.database->close();
}

void greet(const config::AppSettings& settings, unsigned short port, bool demo) {
  if (isatty(STDOUT_FILENO) != 1) return;
  fmt::print("{}", greeting(settings, port, demo));
  std::fflush(stdout);
}

}  // namespace

Task<> serve(net::Loop& loop, config::AppSettings settings, ServeOptions options) {
  if (options.demo) settings = demo_settings(std::move(settings));
  SystemClock clock;
  metrics::Registry registry;
  metrics::add_build_info(registry, "repitbot", RB_VERSION);
  metrics::add_process_metrics(registry);

  Result<void> started;
  std::optional<Services> services;
  std::optional<Demo> demo;
  if (options.runs("notification") || options.runs("analytics")) {
    services = co_await open_services(loop, clock, registry, settings, options);
    started = start(*services);
  }
  std::optional<bot::Service> telegram_bot;
  if (options.runs("bot") && started) {
    telegram_bot.emplace(bot::Deps{loop, clock, registry, settings, config::jwt_secret(settings)});
    started = telegram_bot->start();
  }
  if (started && options.runs("notification")) {
    greet(settings, services->notification->port(), options.demo);
    if (options.demo) demo.emplace(loop, clock, settings).start();
  }
  if (telegram_bot && started) log::info("telegram-bot is ready", {{"port", telegram_bot->port()}});

  if (started) co_await net::stop_asked(loop);
  log::info("stopping");
  if (demo) co_await demo->stop();
  if (telegram_bot) co_await telegram_bot->stop();
  if (services) co_await close(*services);
  if (!started) throw Broken(started.error().message);
}

}  // namespace rb::app
