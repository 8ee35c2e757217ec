#pragma once
// Polar coordinates: a radial and an angular axis, the latter in degrees, radians or categories. Geometric
// angles are degrees clockwise from the right, as Outline takes them.
#include <map>
#include <span>
#include <string>
#include <vector>

#include "plot/context.hpp"

namespace rb::plot {

class PolarAxes {
 public:
  // Room for the values that the traces show: `largest` with `padding` pixels beyond, or `part` of the
  // radius.
  struct Reach {
    double least = 0, most = 0, padding = 0, part = 0;
  };

  PolarAxes(const Figure& figure, Node node, std::span<const TraceInput> traces);

  bool is_category() const { return is_category_; }
  // In degrees or, with categories, their position.
  std::vector<double> thetas(const Node& trace, std::size_t count) const;
  double unit() const { return is_category_ ? 360 / period_ : 1; }  // degrees of one step of theta

  void lay_out(const Box& domain, const Reach& reach);
  double angle_of(double theta) const;  // of what thetas() gives
  double radius_of(double r) const;     // pixels from the centre
  Point at(double theta, double r) const;
  bool shows(double r) const;
  Point center() const { return center_; }
  double radius() const { return radius_; }

  void paint_below(Scene& scene) const;  // background and grids
  void paint_above(Scene& scene) const;  // lines, ticks, labels

 private:
  struct Tick {
    double value;
    std::string text;
  };

  std::vector<Tick> angular_ticks() const;
  std::vector<Tick> radial_ticks() const;
  Outline ring(double radius) const;
  Outline edge() const;  // around all, and around the hole
  bool is_full() const { return sector_to_ - sector_from_ >= 360; }
  bool in_sector(double angle) const;
  void paint_angular_labels(Scene& scene) const;
  void paint_radial_axis(Scene& scene) const;

  const Figure& figure_;
  Node node_, radial_, angular_;
  std::vector<std::string> categories_;
  std::map<std::string, std::size_t, std::less<>> positions_;
  bool is_category_ = false, straight_ = false, radians_ = false;
  double period_ = 1, direction_ = -1, rotation_ = 0, hole_ = 0, sector_from_ = 0, sector_to_ = 360;
  double low_ = 0, high_ = 1, radius_ = 0, inner_ = 0;
  Point center_;
};

}  // namespace rb::plot
