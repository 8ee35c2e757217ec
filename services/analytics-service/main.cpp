#include "service.hpp"
#include "service/alone.hpp"

int main(int argc, char** argv) {
  auto serve = [](rb::net::Program program) {
    return rb::service::serve_alone<rb::analytics::Service>(std::move(program), "analytics");
  };
  return rb::net::run_program("analytics-service", {argv, static_cast<std::size_t>(argc)}, serve);
}
