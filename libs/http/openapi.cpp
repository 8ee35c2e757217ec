#include "http/openapi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/strings.hpp"
#include "http/input.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"

namespace rb::http {
namespace {

using json::array;
using json::object;
using json::value;

// "/users/{id}/notes" with GET → "get_users_id_notes".
std::string operation_id(Method method, std::string_view path) {
  auto out = ascii_lower(name(method));
  bool gap = true;
  for (char c : path) {
    bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (word && std::exchange(gap, false)) out += '_';
    if (word) out += c;
    gap = gap || !word;
  }
  return out;
}

object reference(std::string_view name) { return {{"$ref", fmt::format("#/components/{}", name)}}; }

object content(std::string_view type, object schema, const std::optional<value>& example) {
  object media;
  if (!schema.empty()) media["schema"] = std::move(schema);
  if (example) media["example"] = *example;
  return {{type, std::move(media)}};
}

object parameter(const json::Member& member, Source source, json::Schemas& schemas) {
  auto schema = member.type->schema(member.rule, schemas);
  object out;
  out["name"] = member.name;
  out["in"] = source == Source::path ? "path" : "query";
  out["required"] = source == Source::path || member.required();
  if (!member.rule.description.empty()) out["description"] = member.rule.description;
  if (member.rule.sample) out["example"] = *member.rule.sample;
  if (schema.if_contains("type") && schema.at("type") == "array") out["explode"] = false;
  out["schema"] = std::move(schema);
  return out;
}

array parameters(const Endpoint& endpoint, std::string_view path, json::Schemas& schemas) {
  array out;
  std::set<std::string> in_path;
  for (auto& name : placeholders(path)) in_path.insert(name);
  if (endpoint.input != nullptr) {
    for (const auto& member : endpoint.input->members()) {
      auto source = source_of(endpoint, member);
      if (source == Source::path && in_path.erase(member.name) == 0) continue;
      if (source != Source::body) out.push_back(parameter(member, source, schemas));
    }
  }
  for (const auto& name : in_path)
    out.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  if (endpoint.method == Method::post && endpoint.needs_token)
    out.push_back(reference("parameters/IdempotencyKey"));
  return out;
}

// The schema of the members that come in the body: the struct itself, or what is left of it.
object body_schema(const Endpoint& endpoint, json::Schemas& schemas, bool& required) {
  const auto& members = endpoint.input->members();
  auto in_body = [&](const json::Member& m) { return source_of(endpoint, m) == Source::body; };
  required = std::ranges::any_of(members, [&](const auto& m) { return in_body(m) && m.required(); });
  if (std::ranges::all_of(members, in_body)) return endpoint.input->schema({}, schemas);
  if (std::ranges::none_of(members, in_body)) return {};
  auto out = endpoint.input->own_schema(schemas);
  auto& properties = out.at("properties").as_object();
  array needed;
  for (const auto& member : members) {
    if (!in_body(member)) properties.erase(member.name);
    if (in_body(member) && member.required()) needed.emplace_back(member.name);
  }
  out.erase("required");
  if (!needed.empty()) out["required"] = std::move(needed);
  return out;
}

object request_body(const Endpoint& endpoint, json::Schemas& schemas) {
  bool required = false;
  object schema;
  if (endpoint.free_body) {
    required = true;
  } else if (endpoint.input != nullptr) {
    schema = body_schema(endpoint, schemas, required);
    if (schema.empty()) return {};
  } else if (endpoint.content_types.empty()) {
    return {};
  }
  object media;
  bool typed = endpoint.free_body || endpoint.input != nullptr;
  if (typed) media = content("application/json", schema, endpoint.request_example);
  if (typed && endpoint.takes_form) media["application/x-www-form-urlencoded"] = object{{"schema", schema}};
  for (const auto& type : endpoint.content_types)
    media[type] = content(type, {}, endpoint.request_example).at(type);
  for (const auto& type : endpoint.raw_types) media[type] = object{{"schema", {{"type", "string"}}}};
  return {{"required", required}, {"content", std::move(media)}};
}

object success_answer(const Endpoint& endpoint, json::Schemas& schemas) {
  object out{{"description", reason_phrase(endpoint.success)}};
  if (endpoint.output != nullptr)
    out["content"] =
        content("application/json", endpoint.output->schema({}, schemas), endpoint.answer_example);
  return out;
}

std::set<int> problem_statuses(const Endpoint& endpoint) {
  std::set<int> out;
  for (auto code : endpoint.possible_errors) out.insert(status_of(code));
  if (endpoint.needs_token) out.insert({401});
  if (!endpoint.any_role.empty()) out.insert({403});
  if (endpoint.input != nullptr) out.insert({422});
  if (endpoint.has_body() && (endpoint.input != nullptr || endpoint.free_body)) out.insert({400, 413, 415});
  return out;
}

std::optional<value> example_of(const Endpoint& endpoint, const Answer& answer) {
  if (!endpoint.answer_example || answer.status >= 300) return std::nullopt;
  const auto* by_type = endpoint.answer_example->if_object();
  if (by_type == nullptr || std::ranges::none_of(endpoint.raw_answers, [&](const Answer& one) {
        return by_type->contains(one.content_type);
      }))
    return endpoint.answer_example;
  const auto* example = by_type->if_contains(answer.content_type);
  return example == nullptr ? std::nullopt : std::optional<value>(*example);
}

object answers(const Endpoint& endpoint, json::Schemas& schemas) {
  object out;
  for (const auto& answer : endpoint.raw_answers) {
    auto& entry = out[std::to_string(answer.status)];
    if (!entry.is_object())
      entry = object{
          {"description", answer.description.empty() ? reason_phrase(answer.status) : answer.description},
          {"content", object()}};
    auto type = content(answer.content_type, {}, example_of(endpoint, answer));
    entry.at("content").as_object().insert(type.begin(), type.end());
  }
  if (endpoint.raw_answers.empty()) out[std::to_string(endpoint.success)] = success_answer(endpoint, schemas);
  for (int status : problem_statuses(endpoint)) {
    auto key = std::to_string(status);
    if (out.contains(key)) continue;
    out[key] =
        object{{"description", reason_phrase(status)},
               {"content", {{"application/problem+json", {{"schema", reference("schemas/Problem")}}}}}};
  }
  return out;
}

object operation(const Endpoint& endpoint, std::string_view path, json::Schemas& schemas) {
  object out;
  out["operationId"] = operation_id(endpoint.method, path);
  out["summary"] = endpoint.summary_line;
  auto details = endpoint.details;
  if (!endpoint.any_role.empty())
    details += fmt::format("{}Roles: {}.", details.empty() ? "" : "\n\n", join(endpoint.any_role, ", "));
  if (path != endpoint.path) {
    out["deprecated"] = true;
    details = fmt::format("Older name of `{}`.", endpoint.path);
  }
  if (!details.empty()) out["description"] = details;
  if (!endpoint.tag_name.empty()) out["tags"] = array{value(endpoint.tag_name)};
  if (auto list = parameters(endpoint, path, schemas); !list.empty()) out["parameters"] = std::move(list);
  if (auto body = request_body(endpoint, schemas); endpoint.has_body() && !body.empty())
    out["requestBody"] = std::move(body);
  out["responses"] = answers(endpoint, schemas);
  array security;
  if (endpoint.needs_token) security.push_back({{"bearer", array()}});
  if (endpoint.takes_ticket) security.push_back({{"ticket", array()}});
  out["security"] = std::move(security);
  return out;
}

object components(json::Schemas& schemas) {
  object all = schemas.components();
  all["Problem"] = problem_schema();
  object key{{"name", "Idempotency-Key"},
             {"in", "header"},
             {"required", false},
             {"description", "a repeated request with the same key gets the first answer again"},
             {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}}}};
  object bearer{{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}};
  object ticket{{"type", "apiKey"}, {"in", "query"}, {"name", "ticket"}};
  return {{"schemas", std::move(all)},
          {"parameters", {{"IdempotencyKey", std::move(key)}}},
          {"securitySchemes", {{"bearer", std::move(bearer)}, {"ticket", std::move(ticket)}}}};
}

}  // namespace

object openapi(const Api& api) {
  json::Schemas schemas;
  object paths;
  std::set<std::string> tags;
  for (const auto& endpoint : api.endpoints()) {
    if (endpoint->is_hidden) continue;
    if (!endpoint->tag_name.empty()) tags.insert(endpoint->tag_name);
    auto all = endpoint->aliases;
    all.insert(all.begin(), endpoint->path);
    for (const auto& path : all) {
      auto& item = paths[replace_all(path, "*}", "}")];
      if (!item.is_object()) item = object();
      item.get_object()[ascii_lower(name(endpoint->method))] = operation(*endpoint, path, schemas);
    }
  }
  array named;
  for (const auto& tag : tags) named.push_back({{"name", tag}});
  const auto& settings = api.settings();
  object info{{"title", settings.service}, {"version", settings.version}};
  if (!settings.description.empty()) info["description"] = settings.description;
  object out;
  out["openapi"] = "3.1.0";
  out["info"] = std::move(info);
  out["servers"] = array{object{{"url", "/"}}};
  out["tags"] = std::move(named);
  out["paths"] = std::move(paths);
  out["components"] = components(schemas);
  return out;
}

}  // namespace rb::http
