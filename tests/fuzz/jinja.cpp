// Any bytes as a template. The last byte chooses the options; a line of three dots begins another template,
// which the first may include, import or extend as "1", "2"...
#include "jinja/jinja.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace rb::jinja;

constexpr std::string_view kContext = R"({
  "a": "Аня <b>", "s": "один two-3", "n": 7, "f": 2.5, "t": true, "none": null, "big": 123456789012345678901234567890,
  "items": [3, 1, 2], "words": ["б", "А", "в", ""], "d": {"k": 1, "items": [1]}, "at": "2026-03-01T10:00:00Z",
  "rows": [{"id": 1, "name": "Ёж", "on": true}, {"id": 2, "name": "аист", "on": false}, {"id": 1, "name": "Б"}]})";

std::vector<std::string_view> parts(std::string_view text) {
  constexpr std::string_view border = "\n...\n";
  std::vector<std::string_view> out;
  for (std::size_t at = 0; (at = text.find(border)) != std::string_view::npos;) {
    out.push_back(text.substr(0, at));
    text.remove_prefix(at + border.size());
  }
  out.push_back(text);
  return out;
}

Options options_of(unsigned char flags) {
  Options out;
  out.autoescape = (flags & 1) != 0;
  out.trim_blocks = (flags & 2) != 0;
  out.lstrip_blocks = (flags & 4) != 0;
  out.keep_trailing_newline = (flags & 8) != 0;
  if ((flags & 16) != 0) out.undefined = Options::Undefined::strict;
  out.limits = {.output_bytes = 200'000,
                .steps = 50'000,
                .memory_bytes = 8U << 20,
                .depth = 200,  // the frames of a sanitized build are several times as large
                .time = std::chrono::milliseconds(1000)};
  return out;
}

// An error must name a place, and what it says must be text that can be shown.
void check(const TemplateError& error) {
  if (error.template_name.empty() || error.message.empty() || error.line < 0) std::abort();
  if (explain(error, "ru").empty() || explain(error, "en").empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  auto options = options_of(data[size - 1]);
  auto sources = parts({reinterpret_cast<const char*>(data), size - 1});
  Environment environment(options, [&](std::string_view name) -> std::optional<std::string> {
    if (name == "main") return std::string(sources[0]);
    if (name.size() != 1 || name[0] < '1' || static_cast<std::size_t>(name[0] - '0') >= sources.size())
      return std::nullopt;
    return std::string(sources[static_cast<std::size_t>(name[0] - '0')]);
  });
  static const Value context = *Value::parse_json(kContext);
  auto compiled = environment.compile("main", sources[0]);
  if (!compiled) return check(compiled.error()), 0;
  (void)compiled->variables();
  auto out = environment.render(*compiled, context);
  if (!out) return check(out.error()), 0;
  if (out->size() > options.limits.output_bytes + (1U << 20)) std::abort();
  return 0;
}
