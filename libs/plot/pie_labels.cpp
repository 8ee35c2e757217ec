#include <algorithm>
#include <array>
#include <numbers>

#include "plot/pie.hpp"

namespace rb::plot {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kPad = 3;  // pixels between a turned label and the rim

struct Fit {
  double scale = 0, from_center = 0;  // the latter in radii
  double angle = 0;                   // degrees
  double position = 0;                // radians: on which ray of the pie
};

double half_turned(double radians) { return std::fmod(radians * 180 / kPi + 720, 180) - 90; }

// The largest rectangle, `aspect` times as long as high, that lies along the ray in the middle of a slice.
struct Rays {
  double radius, ring, half;

  Fit along(double aspect, double height, double angle) const {
    double q = aspect + 1 / (2 * std::tan(half));
    double size = radius * std::min(1 / (std::sqrt(q * q + 0.5) + q),
                                    ring / (std::sqrt(aspect * aspect + ring / 2) + aspect));
    double b = size / radius;
    return {size * 2 / height, std::cos(b) - aspect * b, angle, 0};
  }
};

Fit upright(const Slice& slice, const Pie& pie, double width, double height) {
  double ring = 1 - pie.hole;
  bool is_whole = slice.value == pie.total && pie.hole == 0;
  double inscribed = is_whole ? 1 : std::min(1 / (1 + 1 / std::sin(slice.half)), ring / 2);
  return {inscribed * pie.radius * 2 / std::hypot(width, height), 1 - inscribed, 0, slice.middle};
}

bool lies_within(const Slice& slice, double angle) { return slice.start < angle && angle < slice.stop; }

// Horizontal labels at the top, bottom, left and right of a wide slice.
void add_level_fits(std::vector<Fit>& fits, const Slice& slice, const Rays& rays, double width, double height,
                    bool level, bool upright_sides) {
  for (int half_turns = -9; half_turns <= 9; ++half_turns) {
    double angle = half_turns * kPi / 2;
    bool poles = half_turns % 2 == 0;
    if (!lies_within(slice, angle) || (poles ? !level : !upright_sides)) continue;
    Rays part = rays;
    part.half = std::min(angle - slice.start, slice.stop - angle);
    auto fit = poles ? part.along(height / width, width, half_turned(kPi / 2))
                     : part.along(width / height, height, half_turned(kPi / 2));
    fit.position = angle;
    fits.push_back(fit);
  }
}

Fit inside(const Slice& slice, const Pie& pie, double width, double height, std::string_view orientation) {
  if (slice.half <= 0) return {};
  bool any = orientation == "auto", horizontal = orientation == "horizontal";
  Rays rays{std::max(1.0, pie.radius - 2 * kPad), 1 - pie.hole, slice.half};
  std::vector<Fit> fits;
  if (!any)
    add_level_fits(fits, slice, rays, width, height, orientation != "radial", orientation != "tangential");
  bool is_circle = pie.hole == 0 && slice.value == pie.total;
  if (any || horizontal || is_circle) {
    auto fit = upright(slice, pie, width, height);
    if (fit.scale >= 1) return fit;
    fits.push_back(fit);
  }
  if (any || orientation == "radial") {
    fits.push_back(rays.along(width / height, height, half_turned(slice.middle)));
    fits.back().position = slice.middle;
  }
  if (any || orientation == "tangential") {
    fits.push_back(rays.along(height / width, width, half_turned(slice.middle + kPi / 2)));
    fits.back().position = slice.middle;
  }
  if (!any)
    if (auto first = std::ranges::find_if(fits, [](const Fit& f) { return f.scale >= 1; });
        first != fits.end())
      return *first;
  return *std::ranges::max_element(fits, {}, &Fit::scale);
}

Point outside(const Slice& slice, const Pie& pie, double width, double height) {
  auto rim = on_circle(pie.radius, slice.middle);
  double dx = rim.x < 0 ? -width / 2 : width / 2, dy = rim.y < 0 ? -height / 2 : height / 2;
  double y = rim.y == 0 ? 0 : dy / (1 + rim.x * rim.x / (rim.y * rim.y));
  return {rim.x + dx + std::abs(dy) * (dx > 0 ? 1 : -1) / 2, rim.y + y};
}

struct Fonts {
  Font inside, outside;
  bool own_inside_color;
};

Fonts fonts_of(const Pie& pie, const Figure& figure) {
  const auto& node = pie.input.node;
  auto base = node.font("textfont", figure.style.font);
  Fonts out{node.font("insidetextfont", base), node.font("outsidetextfont", base), false};
  out.own_inside_color = node.child("insidetextfont").has("color") || node.child("textfont").has("color");
  return out;
}

// Labels outside of one half, from the equator to a pole, each clear of the one before.
void make_room(const Pie& pie, std::vector<PieLabel>& labels) {
  std::array<std::array<std::vector<std::size_t>, 2>, 2> quadrants;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    auto rim = on_circle(1, pie.slices[i].middle);
    if (labels[i].outside) quadrants[rim.y < 0 ? 0 : 1][rim.x < 0 ? 0 : 1].push_back(i);
  }
  auto height_at = [&](std::size_t i) { return on_circle(1, pie.slices[i].middle).y; };
  for (std::size_t side = 0; side < 2; ++side) {
    std::optional<double> edge;  // of the last label placed, away from the equator
    auto& top = quadrants[0][side];
    std::ranges::sort(top, std::greater{}, height_at);
    for (auto i : top) {
      auto& label = labels[i];
      if (edge) label.shift.y = std::min(0.0, *edge - (label.at.y + label.height / 2));
      edge = label.at.y + label.shift.y - label.height / 2;
    }
    edge.reset();
    if (!top.empty()) {
      const auto& first = labels[top.front()];
      edge = first.at.y + first.shift.y + first.height / 2;
    }
    auto& bottom = quadrants[1][side];
    std::ranges::sort(bottom, {}, height_at);
    for (auto i : bottom) {
      auto& label = labels[i];
      if (edge) label.shift.y = std::max(0.0, *edge - (label.at.y - label.height / 2));
      edge = label.at.y + label.shift.y + label.height / 2;
    }
  }
}

}  // namespace

std::vector<PieLabel> place_labels(const Pie& pie, const Figure& figure) {
  const auto& node = pie.input.node;
  auto fonts = fonts_of(pie, figure);
  auto orientation =
      node.choice("insidetextorientation", {"horizontal", "radial", "tangential", "auto"}, "auto");
  std::vector<PieLabel> out(pie.slices.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto& slice = pie.slices[i];
    auto& label = out[i];
    auto position = text_at(node, "textposition", slice.rows.front());
    label.scale = 0;
    if (slice.hidden || slice.text.empty() || position == "none" || pie.radius <= 0) continue;
    label.font = fonts.inside;
    if (!fonts.own_inside_color) label.font.color = contrast(slice.color);
    auto size = measure(slice.text, label.font);
    Fit fit;
    if (position != "outside") fit = inside(slice, pie, size.width, size.height, orientation);
    bool moves_out = position == "outside" || (position != "inside" && fit.scale < 1);
    Point at = on_circle(pie.radius * fit.from_center, fit.position);
    if (moves_out) {
      label.font = fonts.outside;
      size = measure(slice.text, label.font);
      at = outside(slice, pie, size.width, size.height);
      fit = {.scale = 1};
    }
    auto pulled = on_circle(pie.radius * slice.pull, slice.middle);
    label.at = {pie.center.x + pulled.x + at.x, pie.center.y + pulled.y + at.y};
    label.scale = std::min(1.0, fit.scale);
    label.angle = fit.angle;
    label.outside = moves_out;
    label.width = size.width;
    label.height = size.height;
  }
  make_room(pie, out);
  return out;
}

}  // namespace rb::plot
