#pragma once
// Round steps and numbers of linear axes that are not cartesian (gauges, radial axes), as plotly.js chooses
// them. Pure.
#include <string>
#include <vector>

#include "plot/locale.hpp"

namespace rb::plot {

// 1, 2 or 5 times a power of ten, so that `range` has at most `parts` steps. 0 for a range without length.
double nice_step(double range, double parts);

// The multiples of `step` within, in the order from → to.
std::vector<double> ticks_within(double from, double to, double step);

// With as many decimals as steps of this size need and thousands shortened to k, M, B when `largest` calls
// for it.
std::string axis_number(double value, double step, double largest, const Locale& locale);

}  // namespace rb::plot
