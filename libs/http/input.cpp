#include "http/input.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "http/router.hpp"

namespace rb::http {
namespace {

// The content type without its parameters, in lower case.
std::string media_type(const Request& request) {
  auto text = request.headers.get("Content-Type");
  return ascii_lower(trim(text.substr(0, text.find(';'))));
}

bool is_json(std::string_view media) {
  return media.empty() || media == "application/json" || media.ends_with("+json");
}

// A name that comes twice becomes a list.
void put(json::object& texts, std::string_view name, std::string_view value) {
  auto* known = texts.if_contains(name);
  if (known == nullptr) {
    texts.emplace(name, value);
  } else if (known->is_array()) {
    known->get_array().emplace_back(value);
  } else {
    *known = json::array{std::move(*known), value};
  }
}

bool is_named(const json::Member& member, std::string_view name) {
  return member.name == name || std::ranges::find(member.rule.aliases, name) != member.rule.aliases.end();
}

bool is_raw(const Endpoint& endpoint, const Request& request) {
  return std::ranges::find(endpoint.raw_types, media_type(request)) != endpoint.raw_types.end();
}

void put_query(json::object& texts, const Endpoint& endpoint, const Request& request) {
  bool raw = is_raw(endpoint, request);
  for (const auto& [name, value] : request.query)
    for (const auto& member : endpoint.input->members()) {
      auto source = source_of(endpoint, member);
      bool beside_raw = raw && source == Source::body;
      if (is_named(member, name) && (source == Source::query || beside_raw)) put(texts, name, value);
    }
}

// Reads the body as JSON, or as a form where the endpoint takes one.
std::expected<void, Refusal> put_body(Input& input, const Endpoint& endpoint, const Request& request) {
  if (request.body.empty() || is_raw(endpoint, request)) return {};
  auto media = media_type(request);
  if (endpoint.takes_form && media == "application/x-www-form-urlencoded") {
    auto form = request.form();
    if (!form) return std::unexpected(Refusal{400, form.error().message});
    for (const auto& [name, value] : *form) put(input.texts, name, value);
    return {};
  }
  if (!is_json(media))
    return std::unexpected(Refusal{415, "the body must be application/json, not " + media});
  auto body = request.json();
  if (!body) return std::unexpected(Refusal{400, body.error().message});
  input.body = std::move(*body);
  return {};
}

}  // namespace

Source source_of(const Endpoint& endpoint, const json::Member& member) {
  auto names = placeholders(endpoint.path);
  if (std::ranges::find(names, member.name) != names.end()) return Source::path;
  return endpoint.has_body() ? Source::body : Source::query;
}

std::expected<Input, Refusal> input_of(const Endpoint& endpoint, const Request& request) {
  Input out;
  bool reads_body = endpoint.has_body() && (endpoint.input != nullptr || endpoint.free_body);
  if (reads_body) {
    if (auto read = put_body(out, endpoint, request); !read) return std::unexpected(read.error());
  } else if (!endpoint.content_types.empty()) {
    auto media = media_type(request);
    if (std::ranges::find(endpoint.content_types, media) == endpoint.content_types.end())
      return std::unexpected(Refusal{415, "the body must be " + join(endpoint.content_types, " or ")});
  }
  if (endpoint.input == nullptr) return out;
  put_query(out.texts, endpoint, request);
  for (const auto& [name, value] : request.path_params) out.texts[name] = value;
  return out;
}

}  // namespace rb::http
