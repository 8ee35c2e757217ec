#pragma once
// The room around the plots: what titles, labels, legend and colour bars outside of them need, as plotly.js
// finds it.
#include <vector>

#include "plot/context.hpp"

namespace rb::plot {

// Something at the fractions (x, y) of the plot area (from its lower left corner) that reaches so many pixels
// beyond.
struct MarginPush {
  double x_left = 0, x_right = 0, y_bottom = 0, y_top = 0;  // fractions
  double left = 0, right = 0, bottom = 0, top = 0;          // pixels
};

struct MarginPushes {
  std::vector<MarginPush> list;
  Margins reserved{};  // taken off whatever the pushes need
};

// layout.margin, grown by `pushes` unless autoexpand is off.
Margins find_margins(const Figure& figure, const MarginPushes& pushes);
Box area_within(const Size& size, const Margins& margins);

}  // namespace rb::plot
