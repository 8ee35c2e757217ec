#pragma once
// Upstream's switches: a whole channel, or a family of types on every channel. Pure.
#include <boost/json/object.hpp>

#include "domain/preferences.hpp"

namespace rb::notification {

bool is_flat(std::string_view field);

// Those of `change` that are true or false. On takes a prohibition back; off forbids.
void read_flat(Preferences& preferences, const boost::json::object& change);

}  // namespace rb::notification
