#pragma once
// A cartesian axis: values of the figure → coordinates → linear coordinates → pixels. Coordinates are
// numbers, milliseconds or places in the list of categories; linear ones are their logarithms on a log axis.
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "plot/context.hpp"

namespace rb::plot {

enum class AxisKind { linear, log, date, category };

// What the range must leave room for: a linear value with `pad` pixels beyond it, and 5 % of the axis if
// `extra`.
struct Extreme {
  double value = 0, pad = 0;
  bool extra = false;
};

struct Axis {
  explicit Axis(Node at) : node(std::move(at)) {}

  std::string id;  // "x", "y2"
  Node node;       // layout.yaxis2
  AxisKind kind = AxisKind::linear;
  std::vector<std::string> categories;
  std::unordered_map<std::string, std::size_t> category_places;

  std::array<double, 2> domain{0, 1};
  std::string anchor, side, overlaying, matches;  // anchor: the id of an axis of the other letter, or "free"
  double position = 0;
  bool visible = true;

  std::array<double, 2> range{-1, 6};  // linear
  bool fixed_first = false, fixed_last = false, reversed = false;
  std::vector<Extreme> lows, highs;
  bool outer_ticks = false;               // heat maps push the ticks out
  bool grid_by_default = true;            // not on the axis bars stand on
  bool bars_or_fill = false;              // something stands on its zero line
  double least_step = 0, step_start = 0;  // of bars: no ticks between them

  double offset = 0, length = 1;  // pixels: left or top end

  bool is_x() const { return id[0] == 'x'; }
  bool is_number() const { return kind == AxisKind::linear || kind == AxisKind::log; }

  // NaN for what this axis cannot show. Categories are added unless `known_only`.
  double coordinate(const boost::json::value& value, bool known_only = false);
  double linear(double coordinate) const;  // NaN where a log axis has no place
  double unlinear(double linear) const;
  double pixel(double linear) const;
  double at(double coordinate) const { return pixel(linear(coordinate)); }
  double scale() const { return length / (range[1] - range[0]); }  // pixels for one linear unit, signed
};

// From the values of the first trace on the axis, as plotly.js guesses.
AxisKind guess_kind(const boost::json::array& values);

struct Padding {
  double low = 0, high = 0;  // pixels
  bool extra = false;        // 5 % at both ends
  bool to_zero = false;      // 0 is within, and tight when it is an end
};
// Makes room for coordinates. NaN are skipped.
void make_room(Axis& axis, std::span<const double> coordinates, const Padding& padding = {});
void make_room(Axis& axis, double coordinate, const Padding& padding);

// Sets what the figure leaves open of `range` for the axis' length.
void settle_range(Axis& axis);

}  // namespace rb::plot
