#pragma once
// The cases that jinja_conformance and jinja_bench read.
#include <map>
#include <memory>
#include <string>

#include "jinja/jinja.hpp"
#include "jinja/objects.hpp"

namespace rb::jinja {

inline const Value* member(const Value& object, std::string_view name) {
  return object.is(Value::Type::dict) ? object.dict().find(Value(name)) : nullptr;
}

inline std::string text_of(const Value& object, std::string_view name) {
  const auto* v = member(object, name);
  return v && v->is_text() ? std::string(v->text()) : std::string();
}

// {"template", "context", "env", "templates"}: a template called "main" with its own environment.
class Request {
 public:
  explicit Request(const Value& json) : sources_{{"main", text_of(json, "template")}} {
    if (const auto* templates = member(json, "templates"))
      for (const auto& entry : templates->dict().entries)
        sources_[std::string(entry.key.text())] = entry.value.text();
    const auto* given = member(json, "context");
    context_ = given ? *given : Value::dict({});
    environment_ = std::make_unique<Environment>(
        options(json), [this](std::string_view name) -> std::optional<std::string> {
          auto at = sources_.find(name);
          return at == sources_.end() ? std::nullopt : std::optional(at->second);
        });
  }

  std::expected<Template, TemplateError> compile() { return environment_->compile("main", sources_["main"]); }

  std::expected<std::string, TemplateError> render() {
    if (!compiled_) {
      auto compiled = compile();
      if (!compiled) return std::unexpected(compiled.error());
      compiled_ = *compiled;
    }
    return environment_->render(*compiled_, context_);
  }

 private:
  static Options options(const Value& json) {
    Options out;
    const auto* env = member(json, "env");
    auto flag = [&](std::string_view name) {
      const auto* v = env ? member(*env, name) : nullptr;
      return v && v->is(Value::Type::boolean) && v->boolean();
    };
    out.autoescape = flag("autoescape");
    out.trim_blocks = flag("trim_blocks");
    out.lstrip_blocks = flag("lstrip_blocks");
    out.keep_trailing_newline = flag("keep_trailing_newline");
    if (env && text_of(*env, "undefined") == "strict") out.undefined = Options::Undefined::strict;
    return out;
  }

  std::map<std::string, std::string, std::less<>> sources_;
  Value context_;
  std::unique_ptr<Environment> environment_;
  std::optional<Template> compiled_;
};

}  // namespace rb::jinja
