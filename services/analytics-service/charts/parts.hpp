#pragma once
// What charts of one service have in common. Pure.
#include <algorithm>
#include <ranges>

#include "charts/chart.hpp"
#include "domain/words.hpp"
#include "plot/figure.hpp"

namespace rb::analytics {

namespace build = plot::build;

// A column of the rows, for one axis.
template <class Rows, class Of>
build::Texts texts(const Rows& rows, Of of) {
  build::Texts out;
  for (const auto& row : rows) out.push_back(std::string(std::invoke(of, row)));
  return out;
}
template <class Rows, class Of>
build::Numbers numbers(const Rows& rows, Of of) {
  build::Numbers out;
  for (const auto& row : rows) {
    auto value = std::invoke(of, row);
    if constexpr (std::is_same_v<decltype(value), std::optional<double>>) {
      out.push_back(value);
    } else {
      out.emplace_back(static_cast<double>(value));
    }
  }
  return out;
}

// The first row with the most, as max_element; nullptr: none, or all have nothing.
template <class Rows, class Of>
auto most(const Rows& rows, Of of) -> decltype(std::to_address(std::ranges::begin(rows))) {
  auto found = std::ranges::max_element(rows, {}, of);
  if (found == std::ranges::end(rows) || !(std::invoke(of, *found) > 0)) return nullptr;
  return std::to_address(found);
}

inline build::Axis day_axis() { return {.tick_format = "%d.%m"}; }
inline build::Axis rate_axis(std::string title) {
  return {.title = std::move(title), .tick_suffix = "%", .range = {{0, 105}}, .step = 20};
}

// Of whole things, from none to `most`: no tick says half a lesson.
inline build::Axis count_axis(std::string title, double most) {
  constexpr double kEachTold = 8;
  build::Axis out{.title = std::move(title), .from_zero = true};
  if (most <= kEachTold) out.step = 1;
  return out;
}
inline double greatest(const build::Numbers& of) {
  double out = 0;
  for (const auto& one : of) out = std::max(out, one.value_or(0));
  return out;
}

// A chart without anything to show.
inline Chart nothing_to_show(build::Figure figure, json::object summary, const Words& words) {
  figure.without_data(words.nothing());
  summary["text"] = words.nothing();
  return {std::move(figure).json(), {}, std::move(summary)};
}

}  // namespace rb::analytics
