// jinja_conformance: one JSON case per line in, one JSON answer per line out.
#include <iostream>
#include <map>
#include <string>

#include "jinja/jinja.hpp"
#include "jinja/json_write.hpp"
#include "jinja/objects.hpp"

namespace {

using rb::jinja::Value;

const Value* member(const Value& object, std::string_view name) {
  if (!object.is(Value::Type::dict)) return nullptr;
  return object.dict().find(Value(name));
}

std::string text_of(const Value& object, std::string_view name) {
  const auto* v = member(object, name);
  return v && v->is_text() ? std::string(v->text()) : std::string();
}

rb::jinja::Options options_of(const Value& request) {
  rb::jinja::Options options;
  const auto* env = member(request, "env");
  if (!env) return options;
  auto flag = [&](std::string_view name) {
    const auto* v = member(*env, name);
    return v && v->is(Value::Type::boolean) && v->boolean();
  };
  options.autoescape = flag("autoescape");
  options.trim_blocks = flag("trim_blocks");
  options.lstrip_blocks = flag("lstrip_blocks");
  options.keep_trailing_newline = flag("keep_trailing_newline");
  if (text_of(*env, "undefined") == "strict") options.undefined = rb::jinja::Options::Undefined::strict;
  return options;
}

Value answer(const Value& request) {
  std::map<std::string, std::string, std::less<>> sources = {{"main", text_of(request, "template")}};
  if (const auto* templates = member(request, "templates"))
    for (const auto& entry : templates->dict().entries)
      sources[std::string(entry.key.text())] = entry.value.text();
  rb::jinja::Environment environment(options_of(request),
                                     [&](std::string_view name) -> std::optional<std::string> {
                                       auto at = sources.find(name);
                                       return at == sources.end() ? std::nullopt : std::optional(at->second);
                                     });
  const auto* context = member(request, "context");
  auto compiled = environment.compile("main", sources["main"]);
  auto output = compiled ? environment.render(*compiled, context ? *context : Value::dict({}))
                         : std::unexpected(compiled.error());
  Value::Pairs out = {{"id", text_of(request, "id")}};
  if (output) {
    out.emplace_back("output", *output);
  } else {
    const auto& error = output.error();
    out.emplace_back("error", rb::jinja::class_name(error.kind));
    out.emplace_back("line", error.line);
    out.emplace_back("template", error.template_name);
    out.emplace_back("message", error.message);
  }
  return Value::dict(out);
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) continue;
    auto request = Value::parse_json(line);
    if (!request) {
      std::cout << "{\"error\": \"broken request\"}" << std::endl;
      continue;
    }
    std::cout << rb::jinja::html_json(answer(*request), Value()) << std::endl;
  }
}
