#pragma once
// What the APIs of all services have in common besides their standard endpoints.
#include "config/settings.hpp"
#include "http/api.hpp"
#include "metrics/registry.hpp"

namespace rb::http {

// CORS and rate limit as set; requests are counted in `registry`, failures are logged.
ApiSettings standard_settings(const std::string& service, const config::ProcessSettings& process,
                              metrics::Registry& registry);

}  // namespace rb::http
