#pragma once
// All services in one process, on one loop; they talk to each other over HTTP as they would elsewhere.
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "config/settings.hpp"
#include "net/loop.hpp"

namespace rb::app {

inline constexpr std::array<std::string_view, 3> kParts = {"notification", "analytics", "bot"};

struct ServeOptions {
  bool demo = false;
  std::set<std::string, std::less<>> only;  // of kParts; empty: all

  bool runs(std::string_view part) const { return only.empty() || only.contains(part); }
};

// Runs until SIGTERM or SIGINT. Throws Broken or Unavailable with one sentence when it cannot start.
Task<> serve(net::Loop& loop, config::AppSettings settings, ServeOptions options);

}  // namespace rb::app
