#pragma once
// error_x and error_y of a trace.
#include <vector>

#include "plot/axis.hpp"

namespace rb::plot {

class ErrorBars {
 public:
  // `letter`: 'x' or 'y'. Makes room on `axis` for values with their errors.
  ErrorBars(const Node& trace, char letter, Axis& axis, std::vector<double> values, Color color);

  // `at`: the points' pixels on the other axis.
  void paint(Scene& scene, const Axis& axis, std::span<const double> at) const;

 private:
  struct Span {
    double low, high;
  };
  std::vector<Span> spans_;
  Stroke stroke_;
  double width_ = 4;
};

}  // namespace rb::plot
