#pragma once
// What charts of one service have in common. Pure.
#include <algorithm>
#include <ranges>

#include "charts/chart.hpp"
#include "charts/words.hpp"
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
  build::Axis out{.title = std::move(title), .range = {{0, 105}}};
  out.tick_suffix = "%";
  return out;
}

// A chart without anything to show.
inline Chart nothing_to_show(build::Figure figure, json::object summary, const Words& words) {
  figure.without_data(words.nothing());
  summary["text"] = words.nothing();
  return {std::move(figure).json(), {}, std::move(summary)};
}

}  // namespace rb::analytics
