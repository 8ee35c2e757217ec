#include "http/problem.hpp"

#include <algorithm>
#include <array>

#include "json/json.hpp"

namespace rb::http {
namespace {

struct Row {
  int status;
  std::string_view type;  // of urn:repitbot:problem:<type>
  std::string_view title;
};

constexpr std::array<Row, 22> kRows = {{
    {400, "malformed-request", "Bad Request"},
    {401, "unauthorized", "Unauthorized"},
    {403, "forbidden", "Forbidden"},
    {404, "not-found", "Not Found"},
    {405, "method-not-allowed", "Method Not Allowed"},
    {406, "not-acceptable", "Not Acceptable"},
    {408, "request-timeout", "Request Timeout"},
    {409, "conflict", "Conflict"},
    {410, "gone", "Gone"},
    {411, "length-required", "Length Required"},
    {412, "precondition-failed", "Precondition Failed"},
    {413, "too-large", "Content Too Large"},
    {414, "uri-too-long", "URI Too Long"},
    {415, "unsupported-media-type", "Unsupported Media Type"},
    {417, "expectation-failed", "Expectation Failed"},
    {422, "invalid", "Unprocessable Content"},
    {429, "rate-limited", "Too Many Requests"},
    {431, "headers-too-large", "Request Header Fields Too Large"},
    {500, "internal-error", "Internal Server Error"},
    {502, "rejected-upstream", "Bad Gateway"},
    {503, "unavailable", "Service Unavailable"},
    {504, "timeout", "Gateway Timeout"},
}};

const Row* row(int status) {
  const auto* found = std::ranges::find(kRows, status, &Row::status);
  return found == kRows.end() ? nullptr : found;
}

Response document(int status, std::string_view detail, const std::vector<FieldError>& fields,
                  const Request& request) {
  const auto* known = row(status);
  json::object body;
  body["type"] = known ? "urn:repitbot:problem:" + std::string(known->type) : "about:blank";
  body["title"] = reason_phrase(status);
  body["status"] = status;
  body["detail"] = detail;
  body["instance"] = request.path;
  body["request_id"] = request.request_id;
  if (!fields.empty()) {
    json::array errors;
    for (const auto& [field, reason] : fields) errors.push_back({{"field", field}, {"reason", reason}});
    body["errors"] = std::move(errors);
  }
  Response out{status, {{"Content-Type", "application/problem+json"}}, json::to_text(body), {}};
  if (status == 401) out.headers.set("WWW-Authenticate", "Bearer realm=\"repitbot\"");
  if (status == 429) out.headers.set("Retry-After", "60");
  if (status == 503) out.headers.set("Retry-After", "5");
  return out;
}

}  // namespace

int status_of(Errc code) {
  switch (code) {
    case Errc::invalid:
      return 422;
    case Errc::unauthorized:
      return 401;
    case Errc::forbidden:
      return 403;
    case Errc::not_found:
      return 404;
    case Errc::conflict:
      return 409;
    case Errc::too_large:
      return 413;
    case Errc::rate_limited:
      return 429;
    case Errc::unavailable:
      return 503;
    case Errc::timeout:
      return 504;
    case Errc::rejected:
      return 502;
  }
  return 500;
}

std::string_view reason_phrase(int status) {
  if (const auto* known = row(status)) return known->title;
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    default:
      return "Status";
  }
}

Response problem(const Error& error, const Request& request) {
  return document(status_of(error.code), error.message, error.fields, request);
}

Response problem(int status, std::string_view detail, const Request& request) {
  return document(status, detail, {}, request);
}

boost::json::object problem_schema() {
  auto text = [](std::string_view description) {
    return json::object{{"type", "string"}, {"description", description}};
  };
  json::object field{
      {"type", "object"},
      {"properties", {{"field", text("path of the member")}, {"reason", text("what is wrong")}}},
      {"required", {"field", "reason"}}};
  json::object properties;
  properties["type"] = text("urn:repitbot:problem:…, stable");
  properties["title"] = text("the status in words");
  properties["status"] = json::object{{"type", "integer"}};
  properties["detail"] = text("one sentence for a person");
  properties["instance"] = text("path of the request");
  properties["request_id"] = text("the X-Request-ID of the answer");
  properties["errors"] = json::object{{"type", "array"}, {"items", std::move(field)}};
  json::array required{"type", "title", "status", "detail", "instance", "request_id"};
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

}  // namespace rb::http
