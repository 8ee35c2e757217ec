#pragma once
// The colours of a trace's points: one for all, one for each, or numbers on a colour scale. Pure.
#include <optional>
#include <vector>

#include "plot/context.hpp"

namespace rb::plot {

// A colour scale with its range, from colorscale, cmin/zmin… or layout.coloraxis.
struct ScaledColors {
  ColorScale scale;
  double least = 0, most = 1;
  std::optional<ColorBar> bar;

  Color operator()(double value) const;
};

// `letter`: 'c' for cmin, 'z' for zmin. `otherwise`: the name of the scale when the figure has none; "" lets
// the signs of the values choose.
ScaledColors scaled_colors(const Figure& figure, const Node& node, char letter,
                           std::span<const double> values, std::string_view otherwise, bool bar_by_default);

struct PointColors {
  std::vector<Color> each;  // empty: `all`
  Color all;
  std::optional<ColorBar> bar;

  Color operator[](std::size_t i) const { return i < each.size() ? each[i] : all; }
};

// `node` has the member "color": marker, marker.line.
PointColors point_colors(const Figure& figure, const Node& node, Color otherwise, std::size_t count);

}  // namespace rb::plot
