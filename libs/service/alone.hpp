#pragma once
// A service as a program of its own: PostgreSQL, RabbitMQ and Redis as the environment says.
#include <string>

#include "log/log.hpp"
#include "net/program.hpp"
#include "net/signals.hpp"
#include "service/backends.hpp"
#include "service/deps.hpp"

namespace rb::service {

// Until it is asked to stop. `name`: "analytics" for analytics-service, whose tables begin with it.
template <class Service>
Task<> serve_alone(net::Program program, std::string name) {
  auto& [loop, clock, registry, settings] = program;
  auto backends = co_await Backends::open(loop, clock, settings, name);
  auto service = co_await Service::create({loop, clock, *backends.database, *backends.bus, registry, settings,
                                           config::jwt_secret(settings), backends.cache.get()});
  co_await backends.bus->start();
  if (auto started = service->start(); !started) throw Broken(started.error().message);
  log::info(name + "-service is ready", {{"port", service->port()}});
  co_await net::stop_asked(loop);
  log::info(name + "-service is stopping");
  co_await service->stop();
  co_await backends.bus->stop();
  co_await backends.database->close();
}

}  // namespace rb::service
