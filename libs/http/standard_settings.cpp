#include "http/standard_settings.hpp"

#include "log/log.hpp"
#include "metrics/standard.hpp"

namespace rb::http {

ApiSettings standard_settings(const std::string& service, const config::ProcessSettings& process,
                              metrics::Registry& registry) {
  ApiSettings out;
  out.service = service;
  out.cors_origins = process.cors_origins;
  out.rate_limit_per_minute = process.rate_limit_per_minute;
  out.on_access = [metrics = metrics::HttpMetrics(registry, service)](const Access& a) mutable {
    metrics.answered(a.method, a.route, a.status, a.seconds);
  };
  out.on_failure = [](std::string_view request_id, std::string_view what) {
    log::error("request failed", {{"request_id", request_id}, {"reason", what}});
  };
  return out;
}

}  // namespace rb::http
