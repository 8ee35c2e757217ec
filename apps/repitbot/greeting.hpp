#pragma once
// What `repitbot serve` says at a terminal. Pure.
#include <string>

#include "config/settings.hpp"

namespace rb::app {

std::string greeting(const config::AppSettings& settings, unsigned short port, bool demo);

}  // namespace rb::app
