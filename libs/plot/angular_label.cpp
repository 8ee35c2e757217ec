#include "plot/angular_label.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "plot/text.hpp"

namespace rb::plot {
namespace {

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

}  // namespace

Point on_rim(Point center, double radius, double angle) {
  return {center.x + radius * std::cos(radians(angle)), center.y + radius * std::sin(radians(angle))};
}

Outline ring_part(Point center, double inner, double outer, double from, double to) {
  Outline out;
  if (std::abs(to - from) >= 360) {
    out.circle(center, outer);
    if (inner > 0) out.circle(center, inner);
    return out;
  }
  if (inner <= 0) out.move_to(center);
  out.arc(center, outer, from, to);
  if (inner > 0) out.arc(center, inner, to, from);
  return out.close();
}

TickMarks tick_marks(const Node& axis) {
  auto ticks = axis.choice("ticks", {"outside", "inside", ""}, "outside");
  double length = axis.number("ticklen", 5, 0);
  return {.length = ticks == "outside"  ? length
                    : ticks == "inside" ? -length
                                        : 0,
          .width = axis.number("tickwidth", 1, 0),
          .color = axis.color("tickcolor", default_line)};
}

void paint_rim_tick(Scene& scene, Point center, double radius, double angle, const TickMarks& marks) {
  if (marks.length == 0) return;
  Shape mark;
  mark.outline.move_to(on_rim(center, radius, angle)).line_to(on_rim(center, radius + marks.length, angle));
  mark.stroke = {.color = marks.color, .width = marks.width};
  scene.add(std::move(mark));
}

Text rim_label(std::string markup, const Font& font, Point center, double radius, double angle,
               const TickMarks& marks) {
  double across = std::cos(radians(angle)), up = -std::sin(radians(angle));
  double standoff = std::max(0.0, marks.length) + 0.2 * font.size + 0.5;
  auto at = on_rim(center, radius, angle);
  at.x += across * standoff;
  at.y += -up * (standoff + font.size * (up > 0 ? 0.2 : 1)) + std::abs(across) * font.size * capital_middle;
  auto side = std::abs(across) < 0.1 ? Text::Horizontal::middle
              : across > 0           ? Text::Horizontal::start
                                     : Text::Horizontal::end;
  return {.markup = std::move(markup), .font = font, .at = at, .horizontal = side};
}

}  // namespace rb::plot
