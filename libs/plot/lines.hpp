#pragma once
// Lines through points: straight, stepped or smooth. Pure.
#include <string_view>
#include <vector>

#include "plot/scene.hpp"

namespace rb::plot {

// Adds to `outline` a line through `points`, from where it is ("continues") or from a move. `shape`: linear,
// spline, hv, vh, hvh, vhv.
void add_line(Outline& outline, std::vector<Point> points, std::string_view shape, double smoothing,
              bool continues = false);

// Points without the ones that lie closer than a quarter of a pixel on one straight line: 10 000 points are
// painted as few.
std::vector<Point> thinned(const std::vector<Point>& points);

}  // namespace rb::plot
