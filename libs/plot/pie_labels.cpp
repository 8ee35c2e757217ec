#include <algorithm>
#include <numbers>
#include <optional>

#include "plot/pie.hpp"

namespace rb::plot {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kRimGap = 3;  // pixels between a turned label and the rim

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

// Labels on the rays to the top, bottom, left and right of a wide slice, in this order.
void add_level_fits(std::vector<Fit>& fits, const Slice& slice, const Rays& rays, double width, double height,
                    bool poles, bool sides) {
  for (double ray : {0.0, 1.0, 1.5, 0.5})
    for (int turn = 4; turn >= -4; turn -= 2) {
      double angle = (turn + ray) * kPi;
      bool is_pole = ray == 0 || ray == 1;
      if (!lies_within(slice, angle) || !(is_pole ? poles : sides)) continue;
      Rays part = rays;
      part.half = std::min(angle - slice.start, slice.stop - angle);
      auto fit = is_pole ? part.along(height / width, width, half_turned(kPi / 2))
                         : part.along(width / height, height, half_turned(kPi / 2));
      fit.position = angle;
      fits.push_back(fit);
    }
}

Fit inside(const Slice& slice, const Pie& pie, double width, double height, std::string_view orientation) {
  if (slice.half <= 0) return {};
  bool any = orientation == "auto", horizontal = orientation == "horizontal";
  Rays rays{std::max(1.0, pie.radius - 2 * kRimGap), 1 - pie.hole, slice.half};
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

// The labels of one quarter outside, from the equator to a pole; `down` is 1 below the equator, -1 above.
class Quarter {
 public:
  Quarter(const Pie& pie, std::vector<PieLabel>& labels, bool left, double down)
      : pie_(pie), labels_(labels), down_(down) {
    auto rim = [&](std::size_t i) { return on_circle(1, pie.slices[i].middle); };
    for (std::size_t i = 0; i < labels.size(); ++i)
      if (labels[i].outside && (rim(i).x < 0) == left && (rim(i).y >= 0) == (down > 0)) members_.push_back(i);
    std::ranges::sort(members_, {}, [&](std::size_t i) { return rim(i).y * down; });
  }

  // The edge of the label next to the equator that looks at it.
  std::optional<double> inner_edge() const {
    if (members_.empty()) return std::nullopt;
    return edge_of(labels_[members_.front()], -1);
  }

  // Each is moved away from the equator until it is clear of the one before, the first of `edge`.
  void spread(std::optional<double> edge) {
    for (auto i : members_) {
      auto& label = labels_[i];
      if (edge) label.shift.y += down_ * std::max(0.0, (*edge - edge_of(label, -1)) * down_);
      edge = edge_of(label, 1);
    }
  }

  // What would leave the picture at `limit` comes back, pushes the others back, and stands beside the pie.
  void keep_within(double limit) {
    for (auto it = members_.rbegin(); it != members_.rend(); ++it) {
      auto& label = labels_[*it];
      double beyond = (edge_of(label, 1) - limit) * down_;
      if (beyond <= 0) return;
      label.shift.y -= down_ * beyond;
      limit = edge_of(label, -1);
      stand_beside(label, on_circle(1, pie_.slices[*it].middle).x < 0 ? -1 : 1);
    }
  }

 private:
  double edge_of(const PieLabel& label, double side) const {
    return label.at.y + label.shift.y + side * down_ * label.height / 2;
  }

  void stand_beside(PieLabel& label, double side) const {
    double near = std::max(0.0, (edge_of(label, -1) - pie_.center.y) * down_),
           reach = pie_.radius * (1 + pie_.max_pull);
    double half_width = near < reach ? std::sqrt(reach * reach - near * near) : 0;
    double least = half_width + label.width / 2 + 3 * kRimGap;
    double x = (label.at.x - pie_.center.x) * side;
    if (x < least) label.shift.x = side * (least - x);
  }

  const Pie& pie_;
  std::vector<PieLabel>& labels_;
  double down_;
  std::vector<std::size_t> members_;
};

void make_room(const Pie& pie, std::vector<PieLabel>& labels, double picture_height) {
  for (bool left : {false, true}) {
    Quarter above(pie, labels, left, -1), below(pie, labels, left, 1);
    above.spread(std::nullopt);
    below.spread(above.inner_edge());
    above.keep_within(0);
    below.keep_within(picture_height);
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
  make_room(pie, out, figure.size.height);
  return out;
}

}  // namespace rb::plot
