#pragma once
// Plotly's marker symbols. Pure.
#include <string_view>

#include "plot/scene.hpp"

namespace rb::plot {

struct Symbol {
  Outline outline;    // around (0, 0)
  bool open = false;  // "circle-open": a line, not an area
};

// "circle", "square-open", "x", "100"…; unknown names give a circle.
Symbol symbol_of(std::string_view name, double radius);

}  // namespace rb::plot
