#pragma once
// Helpers of this folder's tests.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "jinja/jinja.hpp"

namespace rb::jinja::testing {

using Sources = std::map<std::string, std::string, std::less<>>;

// Renders once; an error is shown as "ClassName: message".
inline std::string render(std::string_view source, std::string_view context = "{}", Options options = {},
                          const Sources& others = {}, const RenderOptions& render_options = {}) {
  Environment environment(options, [&](std::string_view name) -> std::optional<std::string> {
    auto at = others.find(name);
    return at == others.end() ? std::nullopt : std::optional(at->second);
  });
  auto shown = [](const TemplateError& e) { return std::string(class_name(e.kind)) + ": " + e.message; };
  auto compiled = environment.compile("main", source);
  if (!compiled) return shown(compiled.error());
  auto values = Value::parse_json(context);
  if (!values) return "bad context: " + values.error().message;
  auto out = environment.render(*compiled, *values, render_options);
  return out ? *out : shown(out.error());
}

inline std::string error_class(const std::string& rendered) { return rendered.substr(0, rendered.find(':')); }

struct Case {
  std::string source, expected;
  std::string context = "{}";
};

inline void expect(const std::vector<Case>& cases, Options options = {}) {
  for (const auto& c : cases) EXPECT_EQ(render(c.source, c.context, options), c.expected) << c.source;
}

// The class of the error only.
inline void expect_errors(const std::vector<Case>& cases, Options options = {}) {
  for (const auto& c : cases)
    EXPECT_EQ(error_class(render(c.source, c.context, options)), c.expected) << c.source;
}

}  // namespace rb::jinja::testing
