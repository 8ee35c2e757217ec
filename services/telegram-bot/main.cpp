// telegram-bot on its own, beside a notification-service somewhere.
#include "log/log.hpp"
#include "net/program.hpp"
#include "net/signals.hpp"
#include "service.hpp"

namespace rb::bot {
namespace {

Task<> serve(net::Program program) {
  auto& [loop, clock, registry, settings] = program;
  Service service({loop, clock, registry, settings, config::jwt_secret(settings)});
  if (auto started = service.start(); !started) throw Broken(started.error().message);
  log::info("telegram-bot is ready", {{"port", service.port()}});
  co_await net::stop_asked(loop);
  log::info("telegram-bot is stopping");
  co_await service.stop();
}

}  // namespace
}  // namespace rb::bot

int main(int argc, char** argv) {
  return rb::net::run_program("telegram-bot", {argv, static_cast<std::size_t>(argc)}, &rb::bot::serve);
}
