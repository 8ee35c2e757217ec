// What README.md shows is what happens.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/strings.hpp"
#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

std::string readme() {
  std::ifstream in("libs/jinja/README.md");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The code blocks of one kind.
std::vector<std::string> blocks(const std::string& text, const std::string& kind) {
  std::vector<std::string> out;
  auto open = "```" + kind + "\n";
  for (std::size_t at = 0; (at = text.find(open, at)) != std::string::npos;) {
    at += open.size();
    out.push_back(text.substr(at, text.find("```", at) - at));
  }
  return out;
}

TEST(Readme, shows_what_its_examples_give) {
  auto text = readme();
  auto context = blocks(text, "json");
  ASSERT_EQ(context.size(), 1U);
  std::size_t examples = 0;
  for (const auto& block : blocks(text, "jinja")) {
    for (const auto& line : split(block, '\n')) {
      constexpr std::string_view arrow = "  →  ";
      auto at = line.find(arrow);
      if (at == std::string::npos) continue;
      auto shown = replace_all(line.substr(at + arrow.size()), "⏎", "\n");
      auto given = replace_all(render(trim(line.substr(0, at)), context[0]), "\u00A0", " ");
      EXPECT_EQ(given, shown) << line;
      ++examples;
    }
  }
  EXPECT_GT(examples, 20U);
}

TEST(Readme, names_the_limits_as_they_are) {
  auto text = readme();
  const Limits limits;
  for (const auto& row : {fmt::format("| `template_bytes` | {} KiB |", limits.template_bytes / 1024),
                          fmt::format("| `output_bytes` | {} MiB |", limits.output_bytes >> 20),
                          fmt::format("| `steps` | {} |", limits.steps),
                          fmt::format("| `memory_bytes` | {} MiB |", limits.memory_bytes >> 20),
                          fmt::format("| `depth` | {} |", limits.depth),
                          fmt::format("| `time` | {} ms |", limits.time.count())})
    EXPECT_NE(text.find(row), std::string::npos) << row;
}

}  // namespace
}  // namespace rb::jinja::testing
