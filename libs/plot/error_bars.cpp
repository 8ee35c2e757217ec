#include "plot/error_bars.hpp"

#include <cmath>

#include "plot/labels.hpp"

namespace rb::plot {

ErrorBars::ErrorBars(const Node& trace, char letter, Axis& axis, std::vector<double> values, Color color) {
  auto name = std::string("error_") + letter;
  if (!trace.has(name)) return;
  auto node = trace.child(name);
  bool array = node.has("array");
  auto type = node.choice("type", {"percent", "constant", "sqrt", "data"}, array ? "data" : "percent");
  if (!node.flag("visible", array || node.has("value") || type == "sqrt")) return;
  bool symmetric = node.flag("symmetric", type == "data" ? !node.has("arrayminus") : !node.has("valueminus"));
  double amount = node.number("value", 10, 0), below = symmetric ? amount : node.number("valueminus", 10, 0);
  stroke_ = {node.color("color", color), node.number("thickness", 2, 0)};
  width_ = node.number("width", 4, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double v = values[i], up = amount, down = below;
    if (type == "data") {
      up = number_at(node, "array", i, NAN);
      down = symmetric ? up : number_at(node, "arrayminus", i, 0);
    } else if (type == "percent") {
      up *= std::abs(v) / 100, down *= std::abs(v) / 100;
    } else if (type == "sqrt") {
      up = down = std::sqrt(std::abs(v));
    }
    bool good = std::isfinite(v) && std::isfinite(up);
    spans_.push_back(good ? Span{v - down, v + up} : Span{NAN, NAN});
    if (!good) continue;
    make_room(axis, v - down, {.extra = true});
    make_room(axis, v + up, {.extra = true});
  }
}

void ErrorBars::paint(Scene& scene, const Axis& axis, std::span<const double> at) const {
  Shape shape{.stroke = stroke_};
  for (std::size_t i = 0; i < std::min(spans_.size(), at.size()); ++i) {
    double a = axis.at(spans_[i].low), b = axis.at(spans_[i].high), c = at[i];
    if (!std::isfinite(b) || !std::isfinite(c)) continue;
    if (!std::isfinite(a)) a = axis.pixel(axis.range[0]);
    auto point = [&](double along, double across) {
      return axis.is_x() ? Point{along, across} : Point{across, along};
    };
    shape.outline.move_to(point(b, c - width_)).line_to(point(b, c + width_));
    shape.outline.move_to(point(b, c)).line_to(point(a, c));
    shape.outline.move_to(point(a, c - width_)).line_to(point(a, c + width_));
  }
  if (!shape.outline.empty()) scene.add(std::move(shape));
}

}  // namespace rb::plot
