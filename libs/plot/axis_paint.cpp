#include <algorithm>
#include <cmath>

#include "plot/axis_view.hpp"

namespace rb::plot {

bool AxisView::within(double pixel) const {
  double along = pixel - axis_->offset;
  return along > 1 && along < axis_->length - 1;
}

bool AxisView::shows_zero() const {
  return zero_ && axis_->kind == AxisKind::linear && axis_->range[0] * axis_->range[1] <= 0;
}

Shape AxisView::line_across(double pixel, const Box& box, Color color, double width,
                            const std::string& dash) const {
  Shape line;
  if (axis_->is_x())
    line.outline.move_to({pixel, box.y}).line_to({pixel, box.bottom()});
  else
    line.outline.move_to({box.x, pixel}).line_to({box.right(), pixel});
  line.stroke = {color, width, dashes(dash, width)};
  line.crisp = true;
  return line;
}

void AxisView::paint_grid(Scene& scene, const Box& box) const {
  if (!axis_->visible || !grid_) return;
  for (std::size_t i = 0; i < ticks_.list.size(); ++i) {
    double value = ticks_.list[i].value, pixel = axis_->pixel(value);
    if (!centered_ticks_ && axis_->kind == AxisKind::category) pixel = axis_->pixel(value - 0.5);
    if (!within(pixel)) continue;
    if (shows_zero() && std::abs(value) < ticks_.step.size / 100) continue;
    scene.add(line_across(pixel, box, grid_color_, grid_width_, grid_dash_));
  }
}

void AxisView::paint_zero_line(Scene& scene, const Box& box, bool line_there) const {
  if (!axis_->visible || !shows_zero()) return;
  double pixel = axis_->pixel(0);
  if (!within(pixel) && line_there && !axis_->bars_or_fill) return;
  scene.add(line_across(pixel, box, zero_color_, zero_width_, "solid"));
}

bool AxisView::has_line_at(double pixel) const {
  return axis_->visible && line_shown_ && std::abs(at_ - pixel) < std::max((line_width_ + 1) / 2, 1.0);
}

void AxisView::paint_line(Scene& scene, const Box& box) const {
  if (!axis_->visible) return;
  bool x_axis = axis_->is_x(), before = axis_->side == "left" || axis_->side == "top";
  double sign = before ? -1 : 1, start = axis_->offset, end = start + axis_->length;
  auto segment = [&](double along0, double across0, double along1, double across1, Color color,
                     double width) {
    auto point = [&](double along, double across) {
      return x_axis ? Point{along, across} : Point{across, along};
    };
    Shape shape{.stroke = {color, width}, .crisp = true};
    shape.outline.move_to(point(along0, across0)).line_to(point(along1, across1));
    scene.add(std::move(shape));
  };
  if (line_shown_ && line_width_ > 0) {
    double middle = at_ + sign * line_width_ / 2, more = line_width_;
    segment(start - more, middle, end + more, middle, line_color_, line_width_);
    if (mirror_) {
      double other = x_axis ? (before ? box.bottom() : box.y) : (before ? box.right() : box.x);
      segment(start - more, other - sign * line_width_ / 2, end + more, other - sign * line_width_ / 2,
              line_color_, line_width_);
    }
  }
  if (tick_length_ <= 0) return;
  bool outside = ticks_where_ == "outside";
  for (const auto& tick : ticks_.list) {
    double shift = !centered_ticks_ && axis_->kind == AxisKind::category ? -0.5 : 0;
    double pixel = axis_->pixel(tick.value + shift);
    if (!outside && !within(pixel)) continue;
    double from = at_ + (outside ? sign * line_width_ : 0);
    segment(pixel, from, pixel, from + (outside ? sign : -sign) * tick_length_, tick_color_, tick_width_);
  }
}

void AxisView::paint_texts(Scene& scene) const {
  if (!axis_->visible) return;
  for (const auto& label : labels_) scene.add(label);
  if (title_text_) scene.add(*title_text_);
}

}  // namespace rb::plot
