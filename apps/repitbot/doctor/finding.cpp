#include "doctor/finding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rb::app {
namespace {

const char* mark(Finding::Level level) {
  if (level == Finding::Level::good) return "✓";
  return level == Finding::Level::note ? "•" : "✗";
}

}  // namespace

std::string as_text(const std::vector<Finding>& findings) {
  std::string out;
  for (const auto& finding : findings) {
    out += fmt::format("{} {}: {}\n", mark(finding.level), finding.what, finding.said);
    if (!finding.cure.empty()) out += fmt::format("    → {}\n", finding.cure);
  }
  return out;
}

bool all_well(const std::vector<Finding>& findings) {
  return std::ranges::none_of(findings, [](const Finding& f) { return f.level == Finding::Level::bad; });
}

}  // namespace rb::app
