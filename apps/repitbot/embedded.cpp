#include "embedded.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <optional>

#include "backends.hpp"
#include "demo.hpp"
#include "greeting.hpp"
#include "log/log.hpp"
#include "net/signals.hpp"
#include "service.hpp"
#include "telegram-bot/service.hpp"

namespace rb::app {
namespace {

// notification-service and what it stands on.
struct Notifications {
  notification::Backends backends;
  std::unique_ptr<notification::Service> service;
};

Task<Notifications> open_notifications(net::Loop& loop, const Clock& clock, metrics::Registry& registry,
                                       const config::AppSettings& settings) {
  Notifications out;
  out.backends = co_await notification::Backends::open(loop, clock, settings);
  out.service = co_await notification::Service::create(
      {loop, clock, *out.backends.database, *out.backends.bus, registry, settings,
       config::jwt_secret(settings), out.backends.cache.get()});
  co_await out.backends.bus->start();
  co_return out;
}

Task<> close(Notifications& part) {
  co_await part.service->stop();
  co_await part.backends.bus->stop();
  co_await part.backends.database->close();
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
  std::optional<Notifications> notifications;
  std::optional<Demo> demo;
  if (options.runs("notification")) {
    notifications = co_await open_notifications(loop, clock, registry, settings);
    started = notifications->service->start();
  }
  std::optional<bot::Service> telegram_bot;
  if (options.runs("bot") && started) {
    telegram_bot.emplace(bot::Deps{loop, clock, registry, settings, config::jwt_secret(settings)});
    started = telegram_bot->start();
  }
  if (notifications && started) {
    log::info("notification-service is ready", {{"port", notifications->service->port()}});
    greet(settings, notifications->service->port(), options.demo);
    if (options.demo) demo.emplace(loop, clock, settings).start();
  }
  if (telegram_bot && started) log::info("telegram-bot is ready", {{"port", telegram_bot->port()}});

  if (started) co_await net::stop_asked(loop);
  log::info("stopping");
  if (demo) co_await demo->stop();
  if (telegram_bot) co_await telegram_bot->stop();
  if (notifications) co_await close(*notifications);
  if (!started) throw Broken(started.error().message);
}

}  // namespace rb::app
