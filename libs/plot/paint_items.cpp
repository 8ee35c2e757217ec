#include <algorithm>
#include <cmath>
#include <numbers>

#include "plot/paint.hpp"
#include "plot/path.hpp"
#include "plot/shaping.hpp"
#include "plot/sprites.hpp"

namespace rb::plot {
namespace {

class Painter {
 public:
  Painter(cairo_t* context, const Scene& scene, double scale)
      : context_(context), scale_(scale), clips_{{Box{0, 0, scene.size.width, scene.size.height}, false}} {}

  void operator()(const Shape& shape) {
    if (shape.outline.empty()) return;
    if (shape.crisp) cairo_set_antialias(context_, CAIRO_ANTIALIAS_NONE);
    if (shape.fill.a > 0) {
      cairo_set_fill_rule(context_, shape.even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
      trace_path(context_, shape.outline, shape.crisp ? scale_ : 0);
      set_source(context_, shape.fill);
      cairo_fill(context_);
    }
    if (shape.stroke.visible()) stroke(shape);
    if (shape.crisp) cairo_set_antialias(context_, CAIRO_ANTIALIAS_DEFAULT);
  }

  void operator()(const Markers& markers) {
    if (stamp_markers(context_, markers, scale_, clips_.back().box)) return;
    for (auto at : markers.at) {
      if (!std::isfinite(at.x) || !std::isfinite(at.y)) continue;
      cairo_save(context_);
      cairo_translate(context_, at.x, at.y);
      paint_marker(context_, markers);
      cairo_restore(context_);
    }
  }

  void operator()(const Text& text) {
    if (!std::isfinite(text.at.x) || !std::isfinite(text.at.y) || !std::isfinite(text.angle)) return;
    auto shaped = shape(text.markup, text.font);
    cairo_save(context_);
    cairo_translate(context_, text.at.x, text.at.y);
    if (text.angle != 0) cairo_rotate(context_, text.angle * std::numbers::pi / 180);
    set_source(context_, text.font.color);
    double baseline = first_baseline(text.vertical, shaped->size);
    for (const auto& line : shaped->lines) {
      if (line.layout) {
        cairo_move_to(context_, -line.width * part_before(text.horizontal), baseline - line.baseline);
        pango_cairo_show_layout(context_, line.layout.get());
      }
      baseline += shaped->line_height;
    }
    cairo_restore(context_);
  }

  void operator()(const Open& open) {
    cairo_save(context_);
    clips_.push_back({intersection(clips_.back().box, open.clip), open.opacity < 1, open.opacity});
    const auto& clip = clips_.back().box;  // within the picture: finite
    cairo_rectangle(context_, clip.x, clip.y, clip.width, clip.height);
    cairo_clip(context_);
    if (clips_.back().grouped) cairo_push_group(context_);
  }

  void operator()(const Close&) {
    if (clips_.size() < 2) return;
    if (clips_.back().grouped) {
      cairo_pop_group_to_source(context_);
      cairo_paint_with_alpha(context_, std::clamp(clips_.back().opacity, 0.0, 1.0));
    }
    clips_.pop_back();
    cairo_restore(context_);
  }

  void finish() {
    while (clips_.size() > 1) (*this)(Close{});
  }

 private:
  struct Clip {
    Box box;
    bool grouped = false;
    double opacity = 1;
  };

  static Box intersection(const Box& a, const Box& b) {
    double x = std::fmax(a.x, b.x), y = std::fmax(a.y, b.y);
    return {x, y, std::fmax(0, std::fmin(a.right(), b.right()) - x),
            std::fmax(0, std::fmin(a.bottom(), b.bottom()) - y)};
  }

  void stroke(const Shape& shape) {
    auto style = shape.stroke;
    if (shape.crisp) style.width = std::max(1.0, std::round(style.width * scale_)) / scale_;
    trace_path(context_, shape.outline, shape.crisp ? scale_ : 0, shape.crisp ? style.width : 0);
    set_stroke(context_, style);
    cairo_stroke(context_);
  }

  cairo_t* context_;
  double scale_;
  std::vector<Clip> clips_;
};

}  // namespace

void paint_items(cairo_t* context, const Scene& scene, double scale) {
  set_source(context, scene.background);
  cairo_paint(context);
  Painter painter(context, scene, scale);
  for (const auto& item : scene.items) std::visit(painter, item);
  painter.finish();
}

}  // namespace rb::plot
