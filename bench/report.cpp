#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rb::bench {
namespace {

std::string number(double value) {
  if (value == 0) return "-";
  if (value >= 1000) return fmt::format("{:.0f}", value);
  return fmt::format("{:.{}f}", value, value < 10 ? 3 : 1);
}

std::string whole(double value) { return value == 0 ? "-" : fmt::format("{:.0f}", value); }

std::string times(double ratio) { return ratio == 0 ? "-" : fmt::format("{:.2f}", ratio); }

double ratio_of(double a, double b) { return b == 0 ? 0 : a / b; }

double of(const Figures& figures, const std::string& what) {
  auto found = figures.find(what);
  return found == figures.end() ? 0 : found->second;
}

}  // namespace

void Report::school(const std::string& title, const Figures& peer) {
  schools_.push_back({title, peer, {}});
  fmt::print("\n### {}\n{:<52}", title, "");
  for (const auto* column : {"ours", "p95", "wall", "floor", "x floor", "SQL", "rows", "aim", "Python"})
    fmt::print("{:>9}", column);
  fmt::print("\n");
}

// «x floor»: how many times the floor's cost ours is.
void Report::line(const Line& line) {
  auto& school = schools_.back();
  school.ours[line.what] = line.ours;
  if (std::ranges::find(order_, line.what) == order_.end()) order_.push_back(line.what);
  auto ratio = line.more_is_better ? ratio_of(line.floor, line.ours) : ratio_of(line.ours, line.floor);
  fmt::print("{:<52}", line.what);
  for (auto value : {line.ours, line.p95, line.wall, line.floor}) fmt::print("{:>9}", number(value));
  fmt::print("{:>9}{:>9}{:>9}{:>9}{:>9}\n", line.floor == 0 ? "-" : times(ratio), whole(line.statements),
             whole(line.rows), number(of(aims_, line.what)), number(of(school.peer, line.what)));
}

void Report::compare() const {
  if (schools_.size() < 2) return;
  fmt::print("\n### Beside each other: ours, and how many times the first\n{:<52}", "");
  for (const auto& school : schools_) fmt::print(" {:>24}", school.title);
  for (const auto& what : order_) {
    fmt::print("\n{:<52}", what);
    for (const auto& school : schools_) {
      auto value = of(school.ours, what);
      auto ratio = ratio_of(value, of(schools_.front().ours, what));
      fmt::print(" {:>24}", fmt::format("{} x{}", number(value), times(ratio)));
    }
  }
  fmt::print("\n");
}

}  // namespace rb::bench
