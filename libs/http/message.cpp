#include "http/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "json/json.hpp"

namespace rb::http {
namespace {

constexpr std::array<std::string_view, 8> kMethods = {"GET",   "HEAD",   "POST",    "PUT",
                                                      "PATCH", "DELETE", "OPTIONS", "OTHER"};

}  // namespace

std::string_view name(Method method) { return kMethods[static_cast<std::size_t>(method)]; }

Method method_of(std::string_view text) {
  auto found = std::ranges::find(kMethods, text);
  return found == kMethods.end() ? Method::other : static_cast<Method>(found - kMethods.begin());
}

const std::string* Headers::find(std::string_view name) const {
  auto field = std::ranges::find_if(fields_, [&](const auto& f) { return iequals(f.first, name); });
  return field == fields_.end() ? nullptr : &field->second;
}

std::string_view Headers::get(std::string_view name) const {
  const auto* found = find(name);
  return found == nullptr ? std::string_view() : std::string_view(*found);
}

void Headers::set(std::string_view name, std::string value) {
  auto field = std::ranges::find_if(fields_, [&](const auto& f) { return iequals(f.first, name); });
  if (field != fields_.end()) {
    field->second = std::move(value);
  } else {
    add(name, std::move(value));
  }
}

bool Caller::has_role(std::string_view role) const { return std::ranges::find(roles, role) != roles.end(); }

const Caller& Request::who() const {
  if (!caller) throw std::logic_error(route + " is public and has no caller");
  return *caller;
}

const std::string& Request::path_param(std::string_view name) const {
  auto found = path_params.find(name);
  if (found == path_params.end()) throw std::logic_error(fmt::format("{} has no {{{}}}", route, name));
  return found->second;
}

std::optional<std::string> Request::query_value(std::string_view name) const {
  for (auto pair = query.rbegin(); pair != query.rend(); ++pair)
    if (pair->first == name) return pair->second;
  return std::nullopt;
}

bool Request::from_loopback() const {
  return !forwarded && (remote.starts_with("127.") || remote == "::1" || remote.starts_with("::ffff:127."));
}

Result<boost::json::value> Request::json() const { return json::parse(body); }
Result<Pairs> Request::form() const { return parse_form(body); }

Result<Pairs> parse_form(std::string_view text) {
  Pairs out;
  while (!text.empty()) {
    auto end = std::min(text.find('&'), text.size());
    auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    auto equals = std::min(part.find('='), part.size());
    auto key = percent_decode(part.substr(0, equals), true);
    auto value = percent_decode(part.substr(std::min(equals + 1, part.size())), true);
    bool clean = key && is_storable(*key) && value && is_storable(*value);
    if (!clean) return fail(Errc::invalid, "a field of the query or form is not percent-encoded UTF-8");
    out.emplace_back(std::move(*key), std::move(*value));
  }
  return out;
}

Response Response::json(const boost::json::value& body, int status) {
  return {status, {{"Content-Type", "application/json"}}, json::to_text(body), {}};
}

Response Response::text(std::string body, std::string content_type) {
  return {200, {{"Content-Type", std::move(content_type)}}, std::move(body), {}};
}

Response Response::html(std::string body, int status) {
  return {status, {{"Content-Type", "text/html; charset=utf-8"}}, std::move(body), {}};
}

Response Response::file(std::string bytes, std::string content_type, std::string_view download_name) {
  // RFC 6266: the plain name for old clients, the encoded one for everybody else.
  std::string plain;
  for (char c : download_name) {
    auto byte = static_cast<unsigned char>(c);
    plain += byte < 0x20 || byte > 0x7E || c == '"' || c == '\\' ? '_' : c;
  }
  auto disposition =
      fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, percent_encode(download_name));
  return {200,
          {{"Content-Type", std::move(content_type)}, {"Content-Disposition", std::move(disposition)}},
          std::move(bytes),
          {}};
}

Response Response::streamed(std::string content_type, Stream stream) {
  return {200, {{"Content-Type", std::move(content_type)}}, {}, std::move(stream)};
}

Response Response::events(Stream stream) {
  // X-Accel-Buffering: nginx must pass events on as they come.
  return {200,
          {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}},
          {},
          std::move(stream)};
}

std::string event_text(std::string_view event, std::string_view data, std::string_view id) {
  std::string out;
  if (!id.empty()) out += fmt::format("id: {}\n", id);
  if (!event.empty()) out += fmt::format("event: {}\n", event);
  for (const auto& line : split(data, '\n')) out += fmt::format("data: {}\n", line);
  return out + "\n";
}

}  // namespace rb::http
