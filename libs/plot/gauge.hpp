#pragma once
// The scale of an indicator: a half ring or a bar with steps, a threshold and the value.
#include <optional>

#include "plot/context.hpp"

namespace rb::plot {

struct Gauge {
  Node node;  // of `gauge`
  double from = 0, to = 1;
  std::optional<double> value;
};

// The ring fills `domain` from its centre upwards; returns the upper edge of its labels.
double paint_ring(Scene& scene, const Figure& figure, const Gauge& gauge, const Box& domain);
void paint_bullet(Scene& scene, const Figure& figure, const Gauge& gauge, const Box& bar);

inline constexpr double kInnerRadius = 0.75;  // of the outer

}  // namespace rb::plot
