#include "plot/lines.hpp"

#include <algorithm>
#include <cmath>

namespace rb::plot {
namespace {

struct Tangent {
  Point before, after;  // control points
};

// A Catmull-Rom spline with exponent 1/2, so that there are neither cusps nor loops.
Tangent tangent(Point previous, Point here, Point following, double smoothing) {
  double x1 = previous.x - here.x, y1 = previous.y - here.y, x2 = following.x - here.x,
         y2 = following.y - here.y;
  double a1 = std::pow(x1 * x1 + y1 * y1, 0.25), a2 = std::pow(x2 * x2 + y2 * y2, 0.25);
  double x = (a2 * a2 * x1 - a1 * a1 * x2) * smoothing, y = (a2 * a2 * y1 - a1 * a1 * y2) * smoothing;
  double d1 = 3 * a2 * (a1 + a2), d2 = 3 * a1 * (a1 + a2);
  return {{here.x + (d1 > 0 ? x / d1 : 0), here.y + (d1 > 0 ? y / d1 : 0)},
          {here.x - (d2 > 0 ? x / d2 : 0), here.y - (d2 > 0 ? y / d2 : 0)}};
}

void add_spline(Outline& outline, const std::vector<Point>& p, double smoothing) {
  std::vector<Tangent> t;
  for (std::size_t i = 1; i + 1 < p.size(); ++i) t.push_back(tangent(p[i - 1], p[i], p[i + 1], smoothing));
  outline.quadratic_to(t[0].before, p[1]);
  for (std::size_t i = 2; i + 1 < p.size(); ++i) outline.curve_to(t[i - 2].after, t[i - 1].before, p[i]);
  outline.quadratic_to(t.back().after, p.back());
}

}  // namespace

void add_line(Outline& outline, std::vector<Point> points, std::string_view shape, double smoothing,
              bool continues) {
  if (points.empty()) return;
  continues ? outline.line_to(points[0]) : outline.move_to(points[0]);
  if (shape == "spline" && points.size() > 2 && smoothing > 0) return add_spline(outline, points, smoothing);
  for (std::size_t i = 1; i < points.size(); ++i) {
    Point from = points[i - 1], to = points[i];
    if (shape == "hv") outline.line_to({to.x, from.y});
    if (shape == "vh") outline.line_to({from.x, to.y});
    if (shape == "hvh") outline.line_to({(from.x + to.x) / 2, from.y}).line_to({(from.x + to.x) / 2, to.y});
    if (shape == "vhv") outline.line_to({from.x, (from.y + to.y) / 2}).line_to({to.x, (from.y + to.y) / 2});
    outline.line_to(to);
  }
}

std::vector<Point> thinned(const std::vector<Point>& points) {
  if (points.size() < 1000) return points;
  // In each column of half a pixel the first, the lowest, the highest and the last point say all.
  std::vector<Point> kept;
  for (std::size_t i = 0; i < points.size();) {
    std::size_t end = i, low = i, high = i;
    double column = std::floor(points[i].x * 2);
    for (; end < points.size() && std::floor(points[end].x * 2) == column; ++end) {
      if (points[end].y < points[low].y) low = end;
      if (points[end].y > points[high].y) high = end;
    }
    std::size_t order[]{i, std::min(low, high), std::max(low, high), end - 1};
    for (std::size_t k = 0; k < 4; ++k)
      if (k == 0 || order[k] != order[k - 1]) kept.push_back(points[order[k]]);
    i = end;
  }
  return kept;
}

}  // namespace rb::plot
