#pragma once
// Takes a request apart for an endpoint's handler. Pure.
#include "http/endpoint.hpp"

namespace rb::http {

struct Refusal {
  int status;  // 400 broken JSON or form, 415 wrong content type
  std::string detail;
};

std::expected<Input, Refusal> input_of(const Endpoint& endpoint, const Request& request);

// Whether a member of In is in the path, the query or the body.
enum class Source { path, query, body };
Source source_of(const Endpoint& endpoint, const json::Member& member);

}  // namespace rb::http
