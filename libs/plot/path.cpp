#include "plot/path.hpp"

#include <algorithm>
#include <cmath>

namespace rb::plot {
namespace {

// Cairo counts in 24.8 fixed point; what lies so far outside is not seen.
constexpr double kFarPixels = 100'000;

double within(double value) { return std::isfinite(value) ? std::clamp(value, -kFarPixels, kFarPixels) : 0; }

struct Snap {
  double scale, offset;
  Point operator()(Point p) const {
    if (scale == 0) return {within(p.x), within(p.y)};
    auto snapped = [&](double v) { return (std::round(within(v) * scale - offset) + offset) / scale; };
    return {snapped(p.x), snapped(p.y)};
  }
};

}  // namespace

void trace_path(cairo_t* context, const Outline& outline, double snap, double line) {
  bool odd = std::lround(line * snap) % 2 != 0;
  Snap to{snap, odd ? 0.5 : 0};
  cairo_new_path(context);
  const auto* next = outline.points.data();
  for (auto verb : outline.verbs) switch (verb) {
      case Outline::Verb::move: {
        auto p = to(*next++);
        cairo_move_to(context, p.x, p.y);
        break;
      }
      case Outline::Verb::line: {
        auto p = to(*next++);
        cairo_line_to(context, p.x, p.y);
        break;
      }
      case Outline::Verb::curve: {
        auto a = to(next[0]), b = to(next[1]), p = to(next[2]);
        next += 3;
        cairo_curve_to(context, a.x, a.y, b.x, b.y, p.x, p.y);
        break;
      }
      case Outline::Verb::close:
        cairo_close_path(context);
    }
}

void set_source(cairo_t* context, Color color) {
  cairo_set_source_rgba(context, color.r / 255.0, color.g / 255.0, color.b / 255.0, color.a);
}

void set_stroke(cairo_t* context, const Stroke& stroke) {
  set_source(context, stroke.color);
  cairo_set_line_width(context, within(stroke.width));
  cairo_set_line_cap(context, static_cast<cairo_line_cap_t>(stroke.cap));
  cairo_set_line_join(context, static_cast<cairo_line_join_t>(stroke.join));
  // Cairo refuses a pattern without length or with a negative one.
  bool sound = std::ranges::all_of(stroke.dash, [](double v) { return v >= 0 && v < kFarPixels; }) &&
               std::ranges::any_of(stroke.dash, [](double v) { return v >= 0.5; });
  cairo_set_dash(context, stroke.dash.data(), sound ? static_cast<int>(stroke.dash.size()) : 0, 0);
}

void paint_marker(cairo_t* context, const Markers& markers) {
  trace_path(context, markers.outline);
  if (markers.fill.a > 0) {
    set_source(context, markers.fill);
    cairo_fill_preserve(context);
  }
  if (markers.stroke.visible()) {
    set_stroke(context, markers.stroke);
    cairo_stroke_preserve(context);
  }
  cairo_new_path(context);
}

}  // namespace rb::plot
