#include "plot/box.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "plot/coloring.hpp"
#include "plot/markers.hpp"

namespace rb::plot {
namespace {

// Between sorted values, each standing for an equal share of the whole.
double quantile(std::span<const double> values, double part) {
  double last = static_cast<double>(values.size()) - 1;
  double at = std::clamp(part * static_cast<double>(values.size()) - 0.5, 0.0, last);
  auto below = static_cast<std::size_t>(std::floor(at)), above = static_cast<std::size_t>(std::ceil(at));
  return values[below] + (values[above] - values[below]) * (at - std::floor(at));
}

// Always the same places for the same points.
class Scatterer {
 public:
  double operator()() {
    auto before = seed_;
    seed_ = seed_ * 69069u + 1u;
    auto apart = seed_ > before ? seed_ - before : before - seed_;
    return apart < 429496729u ? (*this)() : seed_ / 4294967296.0;
  }

 private:
  std::uint32_t seed_ = 2000000000;
};

}  // namespace

BoxStatistics box_statistics(std::span<const double> values, std::string_view method) {
  auto n = values.size();
  BoxStatistics s{.median = quantile(values, 0.5)};
  if (n % 2 && n > 1 && method != "linear") {
    auto half = method == "inclusive" ? n / 2 + 1 : n / 2;
    s.q1 = quantile(values.first(half), 0.5), s.q3 = quantile(values.last(half), 0.5);
  } else {
    s.q1 = quantile(values, 0.25), s.q3 = quantile(values, 0.75);
  }
  double reach = 1.5 * (s.q3 - s.q1);
  auto low = std::ranges::lower_bound(values, s.q1 - reach);
  auto high = std::ranges::upper_bound(values, s.q3 + reach);
  s.low_fence = std::min(s.q1, low == values.end() ? values.back() : *low);
  s.high_fence = std::max(s.q3, high == values.begin() ? values.front() : *(high - 1));
  s.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(n);
  double squares = 0;
  for (double v : values) squares += (v - s.mean) * (v - s.mean);
  s.deviation = std::sqrt(squares / static_cast<double>(n));
  return s;
}

BoxTrace::BoxTrace(const Figure& figure, const CartesianInput& input)
    : Trace(input), figure_(figure), sideways_(is_horizontal(input.trace)) {
  const auto *value = sideways_ ? "x" : "y", *place = sideways_ ? "y" : "x";
  auto *values = node().array(value), *places = node().array(place);
  std::map<double, std::vector<double>> groups;
  double alone = 0;
  if (!places) {
    auto* at = node().find(std::string(place) + "0");
    alone = place_axis().coordinate(at ? *at : boost::json::value(input.trace.name));
  }
  for (std::size_t i = 0; values && i < values->size(); ++i) {
    double v = value_axis().coordinate((*values)[i]);
    double at = !places ? alone : i < places->size() ? place_axis().coordinate((*places)[i]) : NAN;
    if (std::isfinite(v) && std::isfinite(at)) groups[at].push_back(v);
  }
  for (auto& [at, list] : groups) {
    std::ranges::sort(list);
    groups_.push_back({at, std::move(list)});
  }
  auto marker = node().child("marker");
  auto line = node().child("line");
  Color base = marker.find("color") ? marker.color("color", input.trace.color) : input.trace.color;
  color_ = line.color("color", base);
  line_width_ = line.number("width", 2, 0);
  fill_ = node().color("fillcolor", fade({color_.r, color_.g, color_.b}, 0.5 * color_.a));
  points_ = node().choice("boxpoints", {"all", "outliers", "suspectedoutliers", "false"}, "outliers");
  jitter_ = node().number("jitter", points_ == "all" ? 0.3 : 0, 0, 1);
  points_at_ = node().number("pointpos", points_ == "all" ? -1.5 : 0, -2, 2);
  point_size_ = marker.number("size", 6, 0);
  method_ = node().choice("quartilemethod", {"linear", "exclusive", "inclusive"}, "linear");
}

std::vector<double> BoxTrace::places() const {
  std::vector<double> all;
  for (const auto& group : groups_) all.push_back(group.place);
  return all;
}

void BoxTrace::settle(double half, std::size_t place, std::size_t count) {
  double gap = 1 - figure_.layout.number("boxgap", 0.3, 0, 1),
         group_gap = 1 - figure_.layout.number("boxgroupgap", 0.3, 0, 1);
  double n = static_cast<double>(count);
  half_width_ = half * gap * group_gap / n;
  shift_ = count > 1 ? 2 * half * (-0.5 + (static_cast<double>(place) + 0.5) / n) * gap : 0;
  double width = node().number("width", 0, 0);
  if (width > 0) half_width_ = half = width / 2, shift_ = 0;
  double edge = shift_ + half_width_, up = half, down = half;
  Padding high{.extra = width > 0}, low{.extra = width > 0};
  // Points take their own room, and that of the axis when they stand beyond the box' place.
  auto reach_out = [&](double reach, double& end, double& pixels, bool& extra) {
    if (points_ == "false" || reach <= 0) return;
    pixels = point_size_ / 2;
    if (reach > end) end = reach, extra = true;
  };
  reach_out(edge * (points_at_ + jitter_), up, high.high, high.extra);
  reach_out(-edge * (points_at_ - jitter_), down, low.low, low.extra);
  bool padded = high.extra || low.extra;
  high.extra = low.extra = padded;
  for (const auto& group : groups_) {
    make_room(place_axis(), group.place + up, high);
    make_room(place_axis(), group.place - down, low);
    make_room(value_axis(), group.values, {.extra = true});
  }
}

Point BoxTrace::point(double place, double value) const {
  double p = place_axis().pixel(place), v = value_axis().at(value);
  return sideways_ ? Point{v, p} : Point{p, v};
}

void BoxTrace::paint(Scene& scene) const {
  double opacity = node().number("opacity", 1, 0, 1);
  if (opacity < 1) scene.open({x().offset, y().offset, x().length, y().length}, opacity);
  for (const auto& group : groups_) paint_box(scene, group);
  if (opacity < 1) scene.close();
}

void BoxTrace::paint_box(Scene& scene, const Group& group) const {
  auto s = box_statistics(group.values, method_);
  bool fences = points_ != "false";
  double low = fences ? s.low_fence : group.values.front(),
         high = fences ? s.high_fence : group.values.back();
  double middle = group.place + shift_, a = middle - half_width_, b = middle + half_width_;
  double cap = half_width_ * node().number("whiskerwidth", 0.5, 0, 1);
  Shape box{.fill = fill_, .stroke = {color_, line_width_}};
  auto& o = box.outline;
  o.move_to(point(a, s.q1));
  bool notched = node().flag("notched", node().has("notchwidth"));
  double notch = half_width_ * 2 * node().number("notchwidth", 0.25, 0, 0.5);
  double reach = 1.57 * (s.q3 - s.q1) / std::sqrt(static_cast<double>(group.values.size()));
  o.line_to(point(b, s.q1));
  if (notched)
    o.line_to(point(b, s.median - reach))
        .line_to(point(b - notch, s.median))
        .line_to(point(b, s.median + reach));
  o.line_to(point(b, s.q3)).line_to(point(a, s.q3));
  if (notched)
    o.line_to(point(a, s.median + reach))
        .line_to(point(a + notch, s.median))
        .line_to(point(a, s.median - reach));
  o.close();
  scene.add(std::move(box));
  Shape lines{.stroke = {color_, line_width_}};
  auto segment = [&](double p0, double v0, double p1, double v1) {
    lines.outline.move_to(point(p0, v0)).line_to(point(p1, v1));
  };
  double inset = notched ? notch : 0;
  segment(a + inset, s.median, b - inset, s.median);
  segment(middle, s.q1, middle, low);
  segment(middle, s.q3, middle, high);
  if (cap > 0) segment(middle - cap, low, middle + cap, low), segment(middle - cap, high, middle + cap, high);
  scene.add(std::move(lines));
  auto mean = node().choice("boxmean", {"true", "false", "sd"}, "false");
  if (mean != "false") {
    Shape dashed{.stroke = {color_, line_width_, {2 * line_width_, line_width_}}};
    dashed.outline.move_to(point(a, s.mean)).line_to(point(b, s.mean));
    if (mean == "sd")
      dashed.outline.move_to(point(middle, s.mean - s.deviation))
          .line_to(point(b, s.mean))
          .line_to(point(middle, s.mean + s.deviation))
          .line_to(point(a, s.mean))
          .close();
    scene.add(std::move(dashed));
  }
  if (points_ != "false") paint_points(scene, group, s);
}

void BoxTrace::paint_points(Scene& scene, const Group& group, const BoxStatistics& s) const {
  std::vector<double> shown;
  for (double v : group.values)
    if (points_ == "all" || v < s.low_fence || v > s.high_fence) shown.push_back(v);
  auto marker = node().child("marker");
  auto symbol = symbol_of(marker.text("symbol", "circle"), point_size_ / 2);
  Color color = fade(marker.find("color") ? marker.color("color", input().color) : input().color,
                     marker.number("opacity", 1, 0, 1));
  auto line = marker.child("line");
  Markers markers{.outline = symbol.outline,
                  .fill = color,
                  .stroke = {line.color("color", default_line), line.number("width", 0, 0)}};
  if (symbol.open) markers.stroke = {color, 1}, markers.fill = invisible;
  // Points lie the farther apart the denser they are.
  double spread = std::max((group.values.back() - group.values.front()) / 10, s.q3 - s.q1), widest = 0;
  std::vector<double> density;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    std::size_t from = i < 5 ? 0 : i - 5, to = std::min(shown.size() - 1, i + 5);
    double span = shown[to] - shown[from] + spread * 1e-9;
    density.push_back(
        spread == 0 ? 1
                    : std::clamp(std::sqrt(spread * 0.01 * static_cast<double>(to - from) / span), 0.0, 1.0));
    widest = std::max(widest, density.back());
  }
  Scatterer random;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    double off = jitter_ > 0 ? jitter_ * 2 / (widest > 0 ? widest : 1) * density[i] * (random() - 0.5) : 0;
    markers.at.push_back(point(group.place + shift_ + half_width_ * (points_at_ + off), shown[i]));
  }
  if (!markers.at.empty()) scene.add(std::move(markers));
}

void BoxTrace::legend_symbol(Scene& scene, Point c) const {
  Shape box{.fill = fill_, .stroke = {color_, std::min(line_width_, 5.0)}};
  box.outline.rectangle({c.x - 6, c.y - 6, 12, 12});
  scene.add(std::move(box));
}

Traces make_boxes(const Figure& figure, std::span<const CartesianInput> inputs) {
  Traces traces;
  std::vector<BoxTrace*> shown;
  for (const auto& input : inputs) {
    auto trace = std::make_unique<BoxTrace>(figure, input);
    if (!input.trace.hidden) shown.push_back(trace.get());
    traces.push_back(std::move(trace));
  }
  bool group = figure.layout.choice("boxmode", {"group", "overlay"}, "overlay") == "group";
  for (bool sideways : {false, true}) {
    std::set<double> all;
    for (auto* t : shown)
      if (t->sideways() == sideways)
        for (double place : t->places()) all.insert(place);
    double apart = least_distance(all);
    for (std::size_t i = 0; i < shown.size(); ++i) {
      auto* t = shown[i];
      if (t->sideways() != sideways) continue;
      bool category = t->place_axis().kind == AxisKind::category;
      double step = category || !std::isfinite(apart) ? 1 : apart;
      t->settle(step / 2, group ? i : 0, group ? shown.size() : 1);
      if (!category && !all.empty())
        t->place_axis().least_step = step, t->place_axis().step_start = *all.begin();
    }
  }
  return traces;
}

}  // namespace rb::plot
