#pragma once
// All cartesian axes, subplots and their traces of a figure.
#include <memory>
#include <span>
#include <vector>

#include "plot/axis_view.hpp"
#include "plot/margins.hpp"
#include "plot/trace.hpp"

namespace rb::plot {

class Cartesian {
 public:
  Cartesian(const Figure& figure, const std::vector<TraceInput>& inputs, bool alone);

  // Gives the axes their pixels, ranges and labels in `area`; what they need beyond it goes to `margins`.
  void lay_out(const Box& area, MarginPushes& margins);
  void paint_backgrounds(Scene& scene) const;
  void paint(Scene& scene) const;

  void legend(std::vector<LegendItem>& to) const;
  void color_bars(std::vector<ColorBar>& to) const;
  bool stacks_bars() const;  // the legend then reads from top to bottom like the stack

  Axis* find(std::string_view id) const;

 private:
  struct Subplot {
    Axis *x, *y;
    Traces traces;
  };
  void make_axes(const std::vector<TraceInput>& inputs, bool alone);
  void place_axes();
  void guess_kinds(const std::vector<CartesianInput>& inputs);
  void order_categories(const std::vector<CartesianInput>& inputs);
  void read_ranges();
  void match_ranges();
  void keep_scales();  // of axes whose units are to be as long as another's
  Axis& axis_for(std::string_view id);
  Axis* main_axis(const Axis& axis) const;  // the one it lies over, else itself
  double line_position(const Axis& axis, const Box& area) const;
  void paint_traces(Scene& scene, const Subplot& subplot) const;

  const Figure& figure_;
  std::vector<std::unique_ptr<Axis>> axes_;
  std::vector<std::array<double, 2>> told_ranges_;  // of axes_, before any is stretched
  std::vector<AxisView> views_;
  std::vector<Subplot> subplots_;
  Box area_;
};

std::string axis_member(std::string_view id);  // "x2" → "xaxis2"

}  // namespace rb::plot
