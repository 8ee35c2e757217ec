#include "http/endpoint.hpp"

namespace rb::http {

Endpoint& Endpoint::roles(std::vector<std::string> any_of) {
  needs_token = true;
  any_role = std::move(any_of);
  return *this;
}

Endpoint& Endpoint::authenticated() {
  needs_token = true;
  return *this;
}

Endpoint& Endpoint::ticket() {
  needs_token = takes_ticket = true;
  return *this;
}

Endpoint& Endpoint::summary(std::string line) {
  summary_line = std::move(line);
  return *this;
}

Endpoint& Endpoint::description(std::string text) {
  details = std::move(text);
  return *this;
}

Endpoint& Endpoint::tag(std::string name) {
  tag_name = std::move(name);
  return *this;
}

Endpoint& Endpoint::status(int code) {
  success = code;
  return *this;
}

Endpoint& Endpoint::errors(std::vector<Errc> possible) {
  possible_errors = std::move(possible);
  return *this;
}

Endpoint& Endpoint::alias(std::string older) {
  aliases.push_back(std::move(older));
  return *this;
}

Endpoint& Endpoint::example(json::value request) {
  request_example = std::move(request);
  return *this;
}

Endpoint& Endpoint::example_answer(json::value answer) {
  answer_example = std::move(answer);
  return *this;
}

Endpoint& Endpoint::body_limit(std::size_t bytes) {
  most_body = bytes;
  return *this;
}

Endpoint& Endpoint::deadline(std::chrono::seconds time) {
  time_limit = time;
  return *this;
}

Endpoint& Endpoint::form() {
  takes_form = true;
  return *this;
}

Endpoint& Endpoint::raw(std::string content_type) {
  raw_types.push_back(std::move(content_type));
  return *this;
}

Endpoint& Endpoint::accepts(std::string content_type) {
  content_types.push_back(std::move(content_type));
  return *this;
}

Endpoint& Endpoint::answers(std::string content_type, std::string what, int code) {
  raw_answers.push_back({code, std::move(content_type), std::move(what)});
  return *this;
}

Endpoint& Endpoint::hidden() {
  is_hidden = true;
  return *this;
}

Endpoint& Endpoint::unlimited() {
  is_unlimited = true;
  return *this;
}

namespace detail {

Endpoint bare(Method method, std::string path) {
  Endpoint out;
  out.method = method;
  out.path = std::move(path);
  return out;
}

Response respond(const json::Type& type, const void* body, int status, const Headers& headers) {
  return respond(json::to_text(type.write(body, json::Rule{})), status, headers);
}

Response respond(std::string text, int status, const Headers& headers) {
  Response out{status, {{"Content-Type", "application/json"}}, std::move(text), {}};
  for (const auto& [name, value] : headers) out.headers.set(name, value);
  return out;
}

}  // namespace detail
}  // namespace rb::http
