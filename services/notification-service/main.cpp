#include "service.hpp"
#include "service/alone.hpp"

int main(int argc, char** argv) {
  auto serve = [](rb::net::Program program) {
    return rb::service::serve_alone<rb::notification::Service>(std::move(program), "notification");
  };
  return rb::net::run_program("notification-service", {argv, static_cast<std::size_t>(argc)}, serve);
}
