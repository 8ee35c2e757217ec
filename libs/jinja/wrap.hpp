#pragma once
// Python's textwrap.wrap for one line, as the wordwrap filter uses it.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rb::jinja {

struct WrapOptions {
  std::int64_t width = 79;
  bool break_long_words = true;
  bool break_on_hyphens = true;
};

std::vector<std::string> wrap(std::string_view line, const WrapOptions& options);

}  // namespace rb::jinja
