#include "config/text.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"

namespace rb::config {
namespace {

constexpr std::string_view kHead = R"(# Settings of RepitBot. Copy this file to .env and change what you need.
# A line behind "# " shows the default. The other values are placeholders: ENVIRONMENT=production refuses to start
# with one; development takes it as unset (the password of a server that you switch on: as it is).
# A variable of the process environment wins over this file.
)";

std::string describe(const Option& option) {
  auto text = option.help;
  if (option.kind == Kind::choice) text += ": " + join(option.choices, ", ");
  if (!option.aliases.empty()) text += "; also " + join(option.aliases, ", ");
  return text;
}

}  // namespace

std::string help(const std::vector<Group>& groups) {
  std::string out = "Settings, read from the environment, else from .env in the working directory:\n";
  for (const auto& group : groups) {
    out += fmt::format("\n{}:\n", group.title);
    for (const auto& option : group.options) {
      out += fmt::format("  {:<28}  {}", option.name, describe(option));
      if (!option.fallback.empty()) out += fmt::format(" (default {})", option.fallback);
      out += '\n';
    }
  }
  return out;
}

std::string env_example(const std::vector<Group>& groups) {
  std::string out(kHead);
  for (const auto& group : groups) {
    out += fmt::format("\n## {}\n", group.title);
    for (const auto& option : group.options) {
      bool shown = !option.placeholders.empty();
      out += fmt::format("# {}\n{}{}={}\n", describe(option), shown ? "" : "# ", option.name,
                         shown ? option.placeholders.front() : option.fallback);
    }
  }
  return out;
}

}  // namespace rb::config
