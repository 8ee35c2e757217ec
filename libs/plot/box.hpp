#pragma once
// Box plots.
#include <string>
#include <vector>

#include "plot/trace.hpp"

namespace rb::plot {

// What a box shows of the sorted `values`; not empty.
struct BoxStatistics {
  double q1 = 0, median = 0, q3 = 0, low_fence = 0, high_fence = 0, mean = 0, deviation = 0;
};
BoxStatistics box_statistics(std::span<const double> values, std::string_view quartile_method);

class BoxTrace : public Trace {
 public:
  BoxTrace(const Figure& figure, const CartesianInput& input);

  void settle(double half_step, std::size_t place, std::size_t count);  // of boxes side by side
  void paint(Scene& scene) const override;
  void legend_symbol(Scene& scene, Point center) const override;

  bool sideways() const { return sideways_; }
  Axis& place_axis() const { return sideways_ ? y() : x(); }
  Axis& value_axis() const { return sideways_ ? x() : y(); }
  std::vector<double> places() const;

 private:
  struct Group {
    double place;
    std::vector<double> values;  // sorted
  };
  Point point(double place, double value) const;
  void paint_box(Scene& scene, const Group& group) const;
  void paint_points(Scene& scene, const Group& group, const BoxStatistics& s) const;

  const Figure& figure_;
  bool sideways_;
  std::vector<Group> groups_;
  Color color_, fill_;
  std::string points_, method_;
  double jitter_ = 0, points_at_ = 0, point_size_ = 6, line_width_ = 2;
  double half_width_ = 0.5, shift_ = 0;
};

}  // namespace rb::plot
