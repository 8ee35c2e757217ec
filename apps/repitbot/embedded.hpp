#pragma once
// All services in one process, on one loop.
#include <functional>
#include <set>
#include <string>

#include "config/settings.hpp"
#include "net/loop.hpp"

namespace rb::app {

struct ServeOptions {
  bool demo = false;
  std::set<std::string> only;  // "notification", "bot"; empty: all
};

// Runs until SIGTERM or SIGINT. Throws Broken or Unavailable with one sentence when it cannot start.
Task<> serve(net::Loop& loop, config::AppSettings settings, ServeOptions options);

}  // namespace rb::app
