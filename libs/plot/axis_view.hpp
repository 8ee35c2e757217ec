#pragma once
// How an axis looks: its labels, title, ticks, grid and lines.
#include <string>
#include <vector>

#include "plot/axis.hpp"
#include "plot/margins.hpp"
#include "plot/ticks.hpp"

namespace rb::plot {

class AxisView {
 public:
  AxisView(const Figure& figure, Axis& axis);

  const Axis& axis() const { return *axis_; }
  // The axis has its range and pixels; `line` is the pixel of its own line across.
  void lay_out(double line, const Box& area, MarginPushes& margins);

  // Across `box`, the plot it belongs to.
  void paint_grid(Scene& scene, const Box& box) const;
  void paint_zero_line(Scene& scene, const Box& box, bool line_there) const;
  void paint_line(Scene& scene, const Box& box) const;  // with its ticks
  void paint_texts(Scene& scene) const;

  bool has_line_at(double pixel) const;  // drawn, so that a zero line would double it

 private:
  void place_labels();
  double find_angle() const;
  Text label(const Tick& tick, double angle) const;
  void place_title();
  void push_margins(const Box& area, MarginPushes& margins) const;
  double title_depth() const;
  Shape line_across(double pixel, const Box& box, Color color, double width, const std::string& dash) const;
  bool shows_zero() const;
  bool within(double pixel) const;  // not at the very ends

  Axis* axis_;
  Size size_;
  Locale locale_;
  Font font_, title_font_;
  std::string title_, ticks_where_;
  Color color_, grid_color_, zero_color_, line_color_, tick_color_;
  double grid_width_, zero_width_, line_width_, tick_width_, tick_length_, standoff_ = 0;
  bool labels_shown_, grid_, zero_, line_shown_, mirror_, standoff_given_, centered_ticks_;
  std::optional<double> given_angle_;
  std::vector<double> angles_;
  std::string grid_dash_;

  double at_ = 0;  // of the line
  Ticks ticks_;
  std::vector<Text> labels_;
  std::optional<Text> title_text_;
};

// Lengths on and off of "dash", "dot", "5px,10px"… for a line of this width.
std::vector<double> dashes(std::string_view name, double width);
void add_dash(Stroke& stroke, const Node& line);

}  // namespace rb::plot
