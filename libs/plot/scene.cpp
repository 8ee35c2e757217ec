#include "plot/scene.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "plot/limits.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kCircle = 0.5522847498307936;  // control points of a quarter of a circle: 4/3 (√2 − 1)

Point at_angle(Point center, double radius, double radians) {
  return {center.x + radius * std::cos(radians), center.y + radius * std::sin(radians)};
}

}  // namespace

Outline& Outline::move_to(Point p) {
  verbs.push_back(Verb::move);
  points.push_back(p);
  return *this;
}

Outline& Outline::line_to(Point p) {
  verbs.push_back(Verb::line);
  points.push_back(p);
  return *this;
}

Outline& Outline::curve_to(Point control1, Point control2, Point end) {
  verbs.push_back(Verb::curve);
  points.insert(points.end(), {control1, control2, end});
  return *this;
}

Outline& Outline::quadratic_to(Point control, Point end) {
  auto third = [&](Point of) {
    return Point{of.x + (control.x - of.x) * 2 / 3, of.y + (control.y - of.y) * 2 / 3};
  };
  return curve_to(third(points.back()), third(end), end);
}

Outline& Outline::append(const Outline& other) {
  verbs.insert(verbs.end(), other.verbs.begin(), other.verbs.end());
  points.insert(points.end(), other.points.begin(), other.points.end());
  return *this;
}

Outline& Outline::close() {
  verbs.push_back(Verb::close);
  return *this;
}

Outline& Outline::rectangle(const Box& box) {
  return move_to({box.x, box.y})
      .line_to({box.right(), box.y})
      .line_to({box.right(), box.bottom()})
      .line_to({box.x, box.bottom()})
      .close();
}

Outline& Outline::circle(Point c, double r) {
  double k = r * kCircle;
  return move_to({c.x + r, c.y})
      .curve_to({c.x + r, c.y + k}, {c.x + k, c.y + r}, {c.x, c.y + r})
      .curve_to({c.x - k, c.y + r}, {c.x - r, c.y + k}, {c.x - r, c.y})
      .curve_to({c.x - r, c.y - k}, {c.x - k, c.y - r}, {c.x, c.y - r})
      .curve_to({c.x + k, c.y - r}, {c.x + r, c.y - k}, {c.x + r, c.y})
      .close();
}

Outline& Outline::arc(Point center, double radius, double from, double to) {
  double start = from * std::numbers::pi / 180, sweep = (to - from) * std::numbers::pi / 180;
  auto begin = at_angle(center, radius, start);
  empty() || verbs.back() == Verb::close ? move_to(begin) : line_to(begin);
  int parts = std::clamp(static_cast<int>(std::ceil(std::abs(sweep) / (std::numbers::pi / 2) - 1e-9)), 1, 64);
  double step = sweep / parts, reach = radius * 4 / 3 * std::tan(step / 4);
  for (int i = 0; i < parts; ++i) {
    double a = start + i * step, b = a + step;
    auto p = at_angle(center, radius, a), q = at_angle(center, radius, b);
    curve_to({p.x - reach * std::sin(a), p.y + reach * std::cos(a)},
             {q.x + reach * std::sin(b), q.y - reach * std::cos(b)}, q);
  }
  return *this;
}

Box text_box(const Text& text) {
  auto size = measure(text.markup, text.font);
  double left = -part_before(text.horizontal) * size.width,
         top = first_baseline(text.vertical, size) - size.ascent;
  double turn = text.angle * std::numbers::pi / 180, cosine = std::cos(turn), sine = std::sin(turn);
  double x0 = 1e300, y0 = 1e300, x1 = -1e300, y1 = -1e300;
  for (double x : {left, left + size.width})
    for (double y : {top, top + size.height}) {
      double px = text.at.x + x * cosine - y * sine, py = text.at.y + x * sine + y * cosine;
      x0 = std::min(x0, px), x1 = std::max(x1, px), y0 = std::min(y0, py), y1 = std::max(y1, py);
    }
  return {x0, y0, x1 - x0, y1 - y0};
}

bool Scene::is_full() const { return static_cast<double>(points) > kMaxSegments; }

void Scene::add(Shape shape) {
  if (is_full()) return;
  points += shape.outline.points.size();
  items.emplace_back(std::move(shape));
}

void Scene::add(Markers markers) {
  if (is_full()) return;
  points += markers.at.size();
  items.emplace_back(std::move(markers));
}

void Scene::add(Text text) {
  text.box = text_box(text);
  items.emplace_back(std::move(text));
}

}  // namespace rb::plot
