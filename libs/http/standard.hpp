#pragma once
// The endpoints that every service has: /, /health, /health/live, /health/ready, /api/v1/health, /metrics,
// /openapi.json and /docs.
#include "http/api.hpp"

namespace rb::http {

struct Check {
  std::string name;  // "database"
  bool ok = true;
  bool vital = false;  // without it the service is unhealthy; else only degraded
  std::string state;   // shown to people: "ok", "embedded", "connection refused"
};

struct StandardEndpoints {
  std::function<Task<std::vector<Check>>()> checks;
  std::function<std::string()> metrics;  // Prometheus text
  std::function<bool()> ready;           // started and not stopping
};

void add_standard_endpoints(Api& api, StandardEndpoints parts);

}  // namespace rb::http
