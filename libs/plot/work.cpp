#include "plot/work.hpp"

#include <algorithm>
#include <cmath>

namespace rb::plot {
namespace {

class Counter {
 public:
  Counter(const Scene& scene, double scale)
      : scale_(scale), clips_{Box{0, 0, scene.size.width, scene.size.height}} {}

  void operator()(const Shape& shape) {
    const auto& points = shape.outline.points;
    auto count = static_cast<double>(points.size());
    work.segments += count;
    if (points.empty()) return;
    auto seen = clipped(bounds(points, shape.stroke.visible() ? shape.stroke.width : 0));
    work.pixels += seen.width * seen.height * scale_ * scale_;
    if (double dash = dash_length(shape.stroke); dash > 0) work.segments += length(points) / dash;
  }

  void operator()(const Markers& markers) {
    auto box = bounds(markers.outline.points, markers.stroke.visible() ? markers.stroke.width : 0);
    auto count = static_cast<double>(markers.at.size());
    auto screen = clips_.back();
    double size = std::min(box.width, screen.width) * std::min(box.height, screen.height) * scale_ * scale_;
    work.pixels += count * size;
    work.segments += count;
  }

  void operator()(const Text& text) { work.segments += static_cast<double>(text.markup.size()); }
  void operator()(const Open& open) {
    clips_.push_back(clipped(open.clip));
    if (open.opacity < 1) work.pixels += 2 * clips_.back().width * clips_.back().height * scale_ * scale_;
  }
  void operator()(const Close&) {
    if (clips_.size() > 1) clips_.pop_back();
  }

  Work work;

 private:
  static Box bounds(const std::vector<Point>& points, double margin) {
    if (points.empty()) return {};
    auto [left, right] = std::ranges::minmax(points, {}, &Point::x);
    auto [top, bottom] = std::ranges::minmax(points, {}, &Point::y);
    return {left.x - margin, top.y - margin, right.x - left.x + 2 * margin, bottom.y - top.y + 2 * margin};
  }

  Box clipped(const Box& box) const {
    const auto& clip = clips_.back();
    double x = std::max(box.x, clip.x), y = std::max(box.y, clip.y);
    return {x, y, std::max(0.0, std::min(box.right(), clip.right()) - x),
            std::max(0.0, std::min(box.bottom(), clip.bottom()) - y)};
  }

  static double dash_length(const Stroke& stroke) {
    if (!stroke.visible()) return 0;
    double out = 0;
    for (auto part : stroke.dash) out += std::max(0.0, part);
    return out;
  }

  static double length(const std::vector<Point>& points) {
    double out = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
      double step = std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
      if (std::isfinite(step)) out += std::min(step, 2e5);
    }
    return out;
  }

  double scale_;
  std::vector<Box> clips_;
};

void count(const boost::json::value& value, std::size_t most, std::size_t& so_far) {
  if (so_far > most) return;
  if (value.is_array())
    for (const auto& item : value.get_array()) count(item, most, so_far);
  else if (value.is_object())
    for (const auto& [key, item] : value.get_object()) count(item, most, so_far);
  else
    ++so_far;
}

}  // namespace

std::size_t count_values(const boost::json::object& object, std::size_t most) {
  std::size_t out = 0;
  for (const auto& [key, value] : object) count(value, most, out);
  return out;
}

Work work_of(const Scene& scene, double scale) {
  Counter counter(scene, scale);
  for (const auto& item : scene.items) std::visit(counter, item);
  return counter.work;
}

}  // namespace rb::plot
