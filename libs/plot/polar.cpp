#include "plot/polar.hpp"

#include <algorithm>
#include <cmath>

#include "plot/angular_label.hpp"
#include "plot/axis_view.hpp"
#include "plot/coloring.hpp"
#include "plot/labels.hpp"

namespace rb::plot {
namespace {

constexpr double kBarPad = 0.05;  // of the radius, beyond the longest bar
constexpr std::size_t kFewPoints = 20;

struct PolarTrace {
  TraceInput input;
  std::vector<double> theta, r;  // NaN: a gap
  PointColors colors{};          // of markers or bars
  bool is_bar = false, lines = false, markers = false, text = false;
};

std::vector<double> numbers_of(const Node& node, std::string_view name, std::size_t count, double start,
                               double step) {
  std::vector<double> out(count);
  const auto* values = node.array(name);
  for (std::size_t i = 0; i < count; ++i)
    out[i] = values == nullptr ? start + static_cast<double>(i) * step
                               : to_number((*values)[i]).value_or(std::nan(""));
  return out;
}

PolarTrace read_trace(const Figure& figure, const TraceInput& input, const PolarAxes& axes) {
  PolarTrace out{.input = input, .theta = {}, .r = {}};
  const auto& node = input.node;
  const auto *r = node.array("r"), *theta = node.array("theta");
  std::size_t count = r != nullptr ? r->size() : theta != nullptr ? theta->size() : 0;
  if (r != nullptr && theta != nullptr) count = std::min(count, theta->size());
  out.r = numbers_of(node, "r", count, node.number("r0", 0), node.number("dr", 1));
  out.theta = axes.thetas(node, count);
  out.is_bar = input.type == "barpolar";
  auto line_color = node.child("line").color("color", has_array(node.child("marker"), "color")
                                                          ? input.color
                                                          : node.child("marker").color("color", input.color));
  out.colors = point_colors(figure, node.child("marker"), out.is_bar ? input.color : line_color, count);
  if (out.is_bar) return out;
  auto has = [&](std::string_view flag) {
    return node.flagged("mode", flag, {"lines", "markers", "text"}, {"none"},
                        count < kFewPoints ? "lines+markers" : "lines");
  };
  out.lines = has("lines");
  out.markers = has("markers");
  out.text = has("text");
  return out;
}

struct PolarBar {
  double from, to;  // theta
  double base, end;
};

class Polar : public Part {
 public:
  Polar(const Figure& figure, const Node& node, std::vector<TraceInput> inputs)
      : figure_(figure), node_(node), axes_(figure, node, inputs) {
    for (const auto& input : inputs) traces_.push_back(read_trace(figure, input, axes_));
    stack_bars();
  }

  void legend(std::vector<LegendItem>& items) const override {
    for (const auto& trace : traces_) {
      const auto& node = trace.input.node;
      if (!node.flag("showlegend", true)) continue;
      items.push_back({.name = trace.input.name,
                       .symbol = symbol_of(trace),
                       .rank = node.number("legendrank", 1000),
                       .group = node.text("legendgroup", ""),
                       .trace = trace.input.index});
    }
  }

  void color_bars(std::vector<ColorBar>& bars) const override {
    for (const auto& trace : traces_)
      if (trace.colors.bar) bars.push_back(*trace.colors.bar);
  }

  void paint(const Canvas& canvas) const override {
    auto axes = axes_;
    axes.lay_out(domain_box(figure_, node_, canvas.area), reach());
    axes.paint_below(canvas.scene);
    for (std::size_t i = 0; i < traces_.size(); ++i)
      if (traces_[i].is_bar) paint_bars(canvas.scene, axes, traces_[i], bars_[i]);
    const PolarTrace* before = nullptr;
    for (const auto& trace : traces_) {
      if (trace.is_bar) continue;
      paint_area(canvas.scene, axes, trace, before);
      paint_line(canvas.scene, axes, trace);
      before = &trace;
    }
    axes.paint_above(canvas.scene);
  }

 private:
  static Stroke line_of(const PolarTrace& trace) {
    auto line = trace.input.node.child("line");
    auto marker = trace.input.node.child("marker");
    auto otherwise =
        !has_array(marker, "color") ? marker.color("color", trace.input.color) : trace.input.color;
    Stroke out{.color = line.color("color", otherwise),
               .width = line.number("width", 2, 0),
               .join = Stroke::Join::round};
    add_dash(out, line);
    return out;
  }

  static double marker_size(const PolarTrace& trace) {
    auto marker = trace.input.node.child("marker");
    return has_array(marker, "size") ? 6 : marker.number("size", 6, 0);
  }

  static Color fill_of(const PolarTrace& trace) {
    return trace.input.node.color("fillcolor", fade(line_of(trace).color, 0.5));
  }

  static bool is_filled(const PolarTrace& trace) {
    return trace.input.node.choice("fill", {"none", "toself", "tonext"}, "none") != "none";
  }

  static std::function<void(Scene&, Point)> symbol_of(const PolarTrace& trace) {
    bool filled = !trace.is_bar && is_filled(trace);
    auto color = trace.colors[0];
    auto fill = fill_of(trace);
    auto line = line_of(trace);
    double radius = std::clamp(marker_size(trace), 2.0, 14.0) / 2;
    return [=, is_bar = trace.is_bar, lines = trace.lines, markers = trace.markers](Scene& scene, Point at) {
      Shape area{.fill = is_bar ? color : fill};
      if (is_bar)
        area.outline.rectangle({at.x - 6, at.y - 6, 12, 12});
      else if (filled)
        area.outline.rectangle({at.x - 15, at.y, 30, 6});
      if (is_bar || filled) scene.add(std::move(area));
      Shape stroke{.stroke = line};
      stroke.outline.move_to({at.x - 15, at.y}).line_to({at.x + 15, at.y});
      if (lines) scene.add(std::move(stroke));
      Shape dot{.fill = color};
      dot.outline.circle(at, radius);
      if (markers) scene.add(std::move(dot));
    };
  }

  PolarAxes::Reach reach() const {
    PolarAxes::Reach out;
    bool any = false;
    auto add = [&](double value) {
      if (!std::isfinite(value)) return;
      out.least = any ? std::min(out.least, value) : value;
      out.most = any ? std::max(out.most, value) : value;
      any = true;
    };
    for (std::size_t i = 0; i < traces_.size(); ++i) {
      if (traces_[i].is_bar) {
        for (const auto& bar : bars_[i]) add(bar.base), add(bar.end);
        out.part = kBarPad;
      } else {
        for (auto value : traces_[i].r) add(value);
        if (traces_[i].markers) out.padding = std::max({out.padding, marker_size(traces_[i]) / 2, 3.0});
      }
    }
    return out;
  }

  // Bars as wide as the nearest two allow, upon one another unless they overlay.
  void stack_bars() {
    std::vector<double> places;
    for (const auto& trace : traces_)
      if (trace.is_bar) places.insert(places.end(), trace.theta.begin(), trace.theta.end());
    std::ranges::sort(places);
    double least = axes_.is_category() ? 1 : 360;
    for (std::size_t i = 1; i < places.size(); ++i)
      if (double gap = places[i] - places[i - 1]; gap > 1e-6) least = std::min(least, gap);
    double width = least * (1 - node_.number("bargap", 0.1, 0, 1));
    bool stacked = node_.choice("barmode", {"stack", "overlay"}, "stack") == "stack";
    std::map<double, double> ends;
    bars_.resize(traces_.size());
    for (std::size_t t = 0; t < traces_.size(); ++t) {
      const auto& trace = traces_[t];
      for (std::size_t i = 0; trace.is_bar && i < trace.r.size(); ++i) {
        const auto& node = trace.input.node;
        double own = number_at(node, "width", i, width);
        double start = trace.theta[i] + number_at(node, "offset", i, -own / 2);
        auto& end = ends[trace.theta[i]];
        double base = number_at(node, "base", i, stacked && std::isfinite(end) ? end : 0);
        bars_[t].push_back({start, start + own, base, base + trace.r[i]});
        if (std::isfinite(trace.r[i])) end = base + trace.r[i];
      }
    }
  }

  static void paint_bars(Scene& scene, const PolarAxes& axes, const PolarTrace& trace,
                         const std::vector<PolarBar>& bars) {
    auto line = trace.input.node.child("marker").child("line");
    double opacity = trace.input.node.number("opacity", 1, 0, 1);
    for (std::size_t i = 0; i < bars.size(); ++i) {
      const auto& bar = bars[i];
      if (!std::isfinite(bar.end) || !std::isfinite(bar.from)) continue;
      double inner = std::min(axes.radius_of(std::min(bar.base, bar.end)), axes.radius());
      double outer = std::min(axes.radius_of(std::max(bar.base, bar.end)), axes.radius());
      if (outer <= inner) continue;
      Shape shape{
          .outline = ring_part(axes.center(), inner, outer, axes.angle_of(bar.from), axes.angle_of(bar.to)),
          .fill = fade(trace.colors[i], opacity),
          .even_odd = true};
      shape.stroke = {.color = color_at(line, "color", i, default_line),
                      .width = number_at(line, "width", i, 0)};
      scene.add(std::move(shape));
    }
  }

  // Points joined; gaps begin a new line unless they are to be bridged.
  static Outline line_through(const PolarAxes& axes, const PolarTrace& trace, bool close) {
    Outline out;
    bool bridge = close || trace.input.node.flag("connectgaps", false), begins = true;
    for (std::size_t i = 0; i < trace.r.size(); ++i) {
      if (!std::isfinite(trace.r[i]) || !std::isfinite(trace.theta[i])) {
        begins = begins || !bridge;
        continue;
      }
      auto p = axes.at(trace.theta[i], trace.r[i]);
      begins ? out.move_to(p) : out.line_to(p);
      begins = false;
    }
    if (close && !out.empty()) out.close();
    return out;
  }

  static Box around(const PolarAxes& axes) {
    double radius = axes.radius() + 1;
    return {axes.center().x - radius, axes.center().y - radius, 2 * radius, 2 * radius};
  }

  static void paint_area(Scene& scene, const PolarAxes& axes, const PolarTrace& trace,
                         const PolarTrace* before) {
    if (!is_filled(trace)) return;
    Shape area{.outline = line_through(axes, trace, true), .fill = fill_of(trace)};
    if (before != nullptr && trace.input.node.text("fill", "") == "tonext") {
      area.outline.append(line_through(axes, *before, true));
      area.even_odd = true;
    }
    scene.open(around(axes), trace.input.node.number("opacity", 1, 0, 1));
    scene.add(std::move(area));
    scene.close();
  }

  void paint_line(Scene& scene, const PolarAxes& axes, const PolarTrace& trace) const {
    double opacity = trace.input.node.number("opacity", 1, 0, 1);
    auto line = line_of(trace);
    line.color = fade(line.color, opacity);
    scene.open(around(axes));
    if (trace.lines) scene.add(Shape{.outline = line_through(axes, trace, false), .stroke = std::move(line)});
    scene.close();
    if (trace.markers) paint_markers(scene, axes, trace, opacity);
    if (trace.text) paint_texts(scene, axes, trace);
  }

  static void paint_markers(Scene& scene, const PolarAxes& axes, const PolarTrace& trace, double opacity) {
    auto marker = trace.input.node.child("marker");
    auto border = marker.child("line");
    opacity *= !has_array(marker, "opacity") ? marker.number("opacity", 1, 0, 1) : 1;
    Markers run;
    auto flush = [&] {
      if (!run.at.empty()) scene.add(run);
      run.at.clear();
    };
    run.outline.circle({}, marker_size(trace) / 2);
    run.stroke = {.color = color_at(border, "color", 0, default_line),
                  .width = number_at(border, "width", 0, 0)};
    for (std::size_t i = 0; i < trace.r.size(); ++i) {
      if (!std::isfinite(trace.theta[i]) || !axes.shows(trace.r[i])) continue;
      auto color = fade(trace.colors[i], opacity);
      if (color != run.fill) flush();
      run.fill = color;
      run.at.push_back(axes.at(trace.theta[i], trace.r[i]));
    }
    flush();
  }

  void paint_texts(Scene& scene, const PolarAxes& axes, const PolarTrace& trace) const {
    const auto& node = trace.input.node;
    auto font = node.font("textfont", figure_.style.font);
    for (std::size_t i = 0; i < trace.r.size(); ++i) {
      auto text = text_at(node, "text", i), position = text_at(node, "textposition", i);
      if (text.empty() || !std::isfinite(trace.theta[i]) || !axes.shows(trace.r[i])) continue;
      Text out{.markup = text, .font = font, .at = axes.at(trace.theta[i], trace.r[i])};
      double gap = marker_size(trace) / 2 + 2;
      out.horizontal = position.contains("left")    ? Text::Horizontal::end
                       : position.contains("right") ? Text::Horizontal::start
                                                    : Text::Horizontal::middle;
      out.vertical = position.contains("top")      ? Text::Vertical::bottom
                     : position.contains("bottom") ? Text::Vertical::top
                                                   : Text::Vertical::middle;
      if (position.contains("left")) out.at.x -= gap;
      if (position.contains("right")) out.at.x += gap;
      if (position.contains("top")) out.at.y -= gap;
      if (position.contains("bottom")) out.at.y += gap;
      scene.add(std::move(out));
    }
  }

  const Figure& figure_;
  Node node_;
  PolarAxes axes_;
  std::vector<PolarTrace> traces_;
  std::vector<std::vector<PolarBar>> bars_;
};

}  // namespace

Parts make_polars(const Figure& figure, std::span<const TraceInput> traces) {
  std::map<std::string, std::vector<TraceInput>> subplots;
  for (const auto& trace : traces) subplots[trace.node.text("subplot", "polar")].push_back(trace);
  Parts out;
  for (auto& [name, inputs] : subplots)
    out.push_back(std::make_unique<Polar>(figure, figure.layout.child(name), std::move(inputs)));
  return out;
}

}  // namespace rb::plot
