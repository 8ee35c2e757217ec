#pragma once
// Parts of a ring, ticks and labels on the outside of a circle. Angles are degrees clockwise from the right.
#include "plot/context.hpp"

namespace rb::plot {

Point on_rim(Point center, double radius, double angle);

// Between two radii and two angles; to be filled by even-odd: 360 degrees are a whole ring.
Outline ring_part(Point center, double inner, double outer, double from, double to);

// How ticks of an axis look, from its ticks, ticklen, tickwidth, tickcolor.
struct TickMarks {
  double length = 5, width = 1;  // negative: inwards; 0: none
  Color color = default_line;
};
TickMarks tick_marks(const Node& axis);

void paint_rim_tick(Scene& scene, Point center, double radius, double angle, const TickMarks& marks);

// Beyond the tick, not over the circle; baseline and side depend on the direction.
Text rim_label(std::string markup, const Font& font, Point center, double radius, double angle,
               const TickMarks& marks);

}  // namespace rb::plot
