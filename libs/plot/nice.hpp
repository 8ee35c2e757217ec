#pragma once
// Round steps and numbers of linear axes that are not cartesian (gauges, radial axes), as plotly.js chooses
// them. Pure.
#include <string>
#include <vector>

#include "plot/locale.hpp"
#include "plot/node.hpp"

namespace rb::plot {

// 2, 5 or 10 times a power of ten, so that `range` has fewer than `parts` steps. 0 for a range without
// length.
double nice_step(double range, double parts);

// How many parts plotly.js gives an axis of so many pixels.
double parts_of(double length);

// The multiples of `step` within, in the order from → to.
std::vector<double> ticks_within(double from, double to, double step);

// With as many decimals as steps of this size need and thousands shortened to k, M, B when `largest` calls
// for it.
std::string axis_number(double value, double step, double largest, const Locale& locale);

// What `axis` says at a tick: by its tickformat, else as axis_number(), between its tickprefix and
// ticksuffix.
std::string tick_text(const Node& axis, double value, double step, double largest, const Locale& locale);

}  // namespace rb::plot
