// Axes whose units are as long as those of another (scaleanchor), as plotly.js keeps them.
#include <algorithm>
#include <cmath>
#include <map>

#include "plot/cartesian.hpp"

namespace rb::plot {
namespace {

struct Tied {
  Axis* axis;
  double ratio;  // its unit is so many times as long as that of the group
  double scale() const { return std::abs(axis->scale()) / ratio; }
};

// Where the stretching begins, from the left or the lower end.
double fixed_part(const Axis& axis) {
  auto toward =
      axis.node.choice("constraintoward", {"left", "center", "right", "top", "middle", "bottom"}, "center");
  if (toward == "left" || toward == "bottom") return 0;
  return toward == "right" || toward == "top" ? 1 : 0.5;
}

void stretch_range(Axis& axis, double factor) {
  double still = axis.range[0] + (axis.range[1] - axis.range[0]) * fixed_part(axis);
  for (double& end : axis.range) end = still + (end - still) * factor;
}

void shrink_domain(Axis& axis, double factor) {
  double length = axis.length / factor, before = axis.is_x() ? fixed_part(axis) : 1 - fixed_part(axis);
  axis.offset += (axis.length - length) * before;
  axis.length = length;
}

void make_equal(const std::vector<Tied>& group) {
  double least = std::ranges::min(group, {}, &Tied::scale).scale();
  for (const auto& [axis, ratio] : group) {
    double factor = std::abs(axis->scale()) / ratio / least;
    if (!std::isfinite(factor) || factor < 1.0001) continue;
    bool by_domain = axis->node.choice("constrain", {"range", "domain"}, "range") == "domain";
    by_domain ? shrink_domain(*axis, factor) : stretch_range(*axis, factor);
  }
}

}  // namespace

void Cartesian::keep_scales() {
  std::map<const Axis*, std::vector<Tied>> groups;
  for (const auto& axis : axes_) {
    Axis* last = axis.get();
    double ratio = 1;
    for (std::size_t step = 0; step < axes_.size(); ++step) {
      auto* next = find(last->node.text("scaleanchor", ""));
      if (!next || next == axis.get() || next->kind != last->kind) break;
      ratio *= last->node.number("scaleratio", 1, 0);
      last = next;
    }
    if (ratio > 0) groups[last].push_back({axis.get(), ratio});
  }
  for (const auto& [last, group] : groups)
    if (group.size() > 1) make_equal(group);
}

}  // namespace rb::plot
