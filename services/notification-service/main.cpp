// notification-service on its own: PostgreSQL, RabbitMQ and Redis as the environment says.
#include "log/log.hpp"
#include "net/program.hpp"
#include "net/signals.hpp"
#include "service.hpp"
#include "service/backends.hpp"

namespace rb::notification {
namespace {

Task<> serve(net::Program program) {
  auto& [loop, clock, registry, settings] = program;
  auto backends = co_await service::Backends::open(loop, clock, settings, "notification");
  auto service = co_await Service::create({loop, clock, *backends.database, *backends.bus, registry, settings,
                                           config::jwt_secret(settings), backends.cache.get()});
  co_await backends.bus->start();
  if (auto started = service->start(); !started) throw Broken(started.error().message);
  log::info("notification-service is ready", {{"port", service->port()}});
  co_await net::stop_asked(loop);
  log::info("notification-service is stopping");
  co_await service->stop();
  co_await backends.bus->stop();
  co_await backends.database->close();
}

}  // namespace
}  // namespace rb::notification

int main(int argc, char** argv) {
  return rb::net::run_program("notification-service", {argv, static_cast<std::size_t>(argc)},
                              &rb::notification::serve);
}
