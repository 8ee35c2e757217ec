#include "http/cors.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace rb::http {

void allow_origin(const std::vector<std::string>& origins, const Request& request, Response& response) {
  const auto* origin = request.headers.find("Origin");
  if (origins.empty() || origin == nullptr) return;
  response.headers.add("Vary", "Origin");
  auto is = [&](std::string_view text) { return std::ranges::find(origins, text) != origins.end(); };
  if (!is("*") && !is(*origin)) return;
  response.headers.set("Access-Control-Allow-Origin", *origin);
  response.headers.set("Access-Control-Expose-Headers", "X-Request-ID, Retry-After, Server-Timing, X-Cache");
  if (request.method != Method::options || !request.headers.find("Access-Control-Request-Method")) return;
  response.headers.set("Access-Control-Allow-Methods", response.headers.find("Allow") == nullptr
                                                           ? "GET"
                                                           : std::string(response.headers.get("Allow")));
  response.headers.set("Access-Control-Allow-Headers",
                       "Authorization, Content-Type, Idempotency-Key, X-Request-ID");
  response.headers.set("Access-Control-Max-Age", "600");
}

std::string allow_header(std::vector<Method> allowed) {
  if (std::ranges::find(allowed, Method::get) != allowed.end()) allowed.push_back(Method::head);
  allowed.push_back(Method::options);
  std::ranges::sort(allowed);
  auto [first, last] = std::ranges::unique(allowed);
  allowed.erase(first, last);
  std::vector<std::string> names;
  for (auto method : allowed) names.emplace_back(name(method));
  return join(names, ", ");
}

Response options_answer(const std::vector<Method>& allowed) {
  return {204, {{"Allow", allow_header(allowed)}}, {}, {}};
}

}  // namespace rb::http
