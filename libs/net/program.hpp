#pragma once
// main() of a program that serves until it is asked to stop: settings, log, loop, clock, metrics.
#include <functional>
#include <span>
#include <string>

#include "config/settings.hpp"
#include "metrics/standard.hpp"
#include "net/loop.hpp"

namespace rb::net {

struct Program {
  Loop& loop;
  const Clock& clock;
  metrics::Registry& registry;  // has the build and the process
  config::AppSettings settings;
};

// The exit code: 0 when `serve` has returned; 1 when it threw, whose sentence is logged; 2 after a line on
// stderr for each setting that is wrong, or for an argument. --help prints every setting, --version the
// version.
int run_program(const std::string& service, std::span<char*> arguments,
                const std::function<Task<>(Program)>& serve);

}  // namespace rb::net
