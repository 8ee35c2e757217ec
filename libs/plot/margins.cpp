#include "plot/margins.hpp"

#include <algorithm>
#include <cmath>

namespace rb::plot {
namespace {

struct Edge {
  double at, size;
};

// The margins before and after, so that a thing at `first.at` of the area keeps first.size before it, and so
// on.
void grow(double& before, double& after, Edge first, Edge last, double available) {
  if (!(last.at > first.at)) return;
  double span = last.at - first.at;
  double wanted_before = (first.size * last.at + (last.size - available) * first.at) / span;
  double wanted_after = (last.size * (1 - first.at) + (first.size - available) * (1 - last.at)) / span;
  if (wanted_before + wanted_after > before + after) before = wanted_before, after = wanted_after;
}

// Even the widest margins leave room for a small plot.
void shrink(double& before, double& after, double most) {
  double excess = most > 0 ? (before + after) / most : 1;
  if (excess > 1) before /= excess, after /= excess;
}

}  // namespace

Margins find_margins(const Figure& figure, const MarginPushes& pushes) {
  auto node = figure.layout.child("margin");
  auto side = [&](std::string_view name, double otherwise) { return node.number(name, otherwise, 0); };
  Margins m{side("l", 80), side("r", 80), side("t", 100), side("b", 80)};
  double most_width =
      std::max(0.0, figure.size.width - std::clamp(figure.size.width - m.left - m.right, 2.0, 64.0));
  double most_height =
      std::max(0.0, figure.size.height - std::clamp(figure.size.height - m.top - m.bottom, 2.0, 64.0));
  if (node.flag("autoexpand", true)) {
    double pad = std::min({12.0, m.left, m.right, m.top, m.bottom});
    std::vector<MarginPush> all{{0, 1, 0, 1, m.left, m.right, m.bottom, m.top}};
    for (auto push : pushes.list) {
      if (push.left + push.right > most_width || push.top + push.bottom > most_height) {
        shrink(push.left, push.right, most_width);
        shrink(push.top, push.bottom, most_height);
      }
      push.left += pad, push.right += pad, push.top += pad, push.bottom += pad;
      all.push_back(push);
    }
    double width = figure.size.width, height = figure.size.height;
    for (const auto& a : all)
      for (const auto& b : all) {
        grow(m.left, m.right, {a.x_left, a.left}, {b.x_right, b.right}, width);
        grow(m.bottom, m.top, {a.y_bottom, a.bottom}, {b.y_top, b.top}, height);
      }
  }
  shrink(m.left, m.right, most_width);
  shrink(m.top, m.bottom, most_height);
  return {std::round(m.left), std::round(m.right), std::round(std::max(m.top, pushes.reserved.top)),
          std::round(std::max(m.bottom, pushes.reserved.bottom))};
}

Box area_within(const Size& size, const Margins& m) {
  return {m.left, m.top, std::max(1.0, size.width - m.left - m.right),
          std::max(1.0, size.height - m.top - m.bottom)};
}

}  // namespace rb::plot
