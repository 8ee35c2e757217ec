#include "http/standard.hpp"

#include "http/docs.hpp"
#include "http/openapi.hpp"

namespace rb::http {
namespace {

std::string_view verdict(const std::vector<Check>& checks) {
  std::string_view out = "healthy";
  for (const auto& check : checks) {
    if (check.ok) continue;
    if (check.vital) return "unhealthy";
    out = "degraded";
  }
  return out;
}

json::object health(const ApiSettings& settings, const std::vector<Check>& checks) {
  json::object states;
  for (const auto& check : checks) states[check.name] = check.state;
  return {{"status", verdict(checks)},
          {"service", settings.service},
          {"version", settings.version},
          {"checks", std::move(states)}};
}

json::value links(const ApiSettings& settings) {
  json::object paths{
      {"health", "/health"}, {"docs", "/docs"}, {"openapi", "/openapi.json"}, {"metrics", "/metrics"}};
  return {{"service", settings.service}, {"version", settings.version}, {"links", std::move(paths)}};
}

using Parts = std::shared_ptr<const StandardEndpoints>;

Task<Result<Response>> answer_health(const Api& api, Parts parts) {
  auto checks = co_await parts->checks();
  auto body = health(api.settings(), checks);
  co_return Response::json(body, body.at("status") == "unhealthy" ? 503 : 200);
}

Task<Result<Response>> answer_ready(const Api& api, Parts parts) {
  if (!parts->ready()) co_return Response::json({{"status", "not ready"}}, 503);
  co_return co_await answer_health(api, parts);
}

Task<Result<Response>> now(Response response) { co_return response; }

}  // namespace

void add_standard_endpoints(Api& api, StandardEndpoints endpoints) {
  auto parts = std::make_shared<const StandardEndpoints>(std::move(endpoints));
  auto add = [&](Endpoint endpoint, std::string summary, std::string content_type) {
    api.add(endpoint.summary(std::move(summary)).tag("service").answers(std::move(content_type)).unlimited());
  };
  constexpr auto kJson = "application/json";
  add(get("/", [&api] { return now(Response::json(links(api.settings()))); }), "Name, version and links",
      kJson);
  for (const auto* path : {"/health", "/api/v1/health"})
    add(get(path, [&api, parts] { return answer_health(api, parts); })
            .answers(kJson, "without the database", 503),
        "Health with the state of what the service needs", kJson);
  add(get("/health/live", [] { return now(Response::json({{"status", "alive"}})); }), "The process runs",
      kJson);
  add(get("/health/ready", [&api, parts] { return answer_ready(api, parts); })
          .answers(kJson, "do not send requests here", 503),
      "Ready for requests", kJson);
  add(get("/metrics",
          [parts] {
            return now(Response::text(parts->metrics(), "text/plain; version=0.0.4; charset=utf-8"));
          }),
      "Prometheus metrics", "text/plain");
  add(get("/openapi.json", [&api] { return now(Response::json(openapi(api))); })
          .example_answer({{"openapi", "3.1.0"}, {"paths", json::object()}}),
      "This document", kJson);
  add_docs(api);
}

}  // namespace rb::http
