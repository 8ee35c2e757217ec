#pragma once
// Pies and donuts: what their slices are, and where labels go. As plotly.js does it: labels are put inside at
// full size, upright if they fit, else turned; what does not fit goes outside, and labels outside make room
// for each other.
#include <cmath>
#include <string>
#include <vector>

#include "plot/context.hpp"
#include "plot/labels.hpp"
#include "plot/text.hpp"

namespace rb::plot {

// Radians clockwise from the top; points relative to the pie's centre.
struct Slice {
  std::string label;
  double value = 0;
  std::vector<std::size_t> rows{};  // of the trace's arrays that are summed up here
  Color color{};
  bool has_color = false, hidden = false;
  double start = 0, middle = 0, stop = 0, half = 0;
  double pull = 0;
  std::string text{};
};

struct Pie {
  TraceInput input;
  std::vector<Slice> slices{};
  double total = 0;  // of the visible slices
  double hole = 0, radius = 0, max_pull = 0;
  Point center{};
  std::string title{}, title_position{};
  Font title_font{};
  TextSize title_size{};
};

// Where a label stands; `scale` is of its font.
struct PieLabel {
  Point at{};
  double scale = 1, angle = 0;
  bool outside = false;
  Font font{};
  double width = 0, height = 0;
  Point shift{};  // away from where it would stand, to make room
};

Pie read_pie(const Figure& figure, const TraceInput& input);

// Colours for slices without one: labels have the same colour in all pies of a figure.
void color_slices(const Figure& figure, std::vector<Pie>& pies);

// Centre, radius and the angles of the slices within `domain`.
void lay_out(std::vector<Pie>& pies, const std::vector<Box>& domains);

// One for each slice; those without text have a scale of 0.
std::vector<PieLabel> place_labels(const Pie& pie, const Figure& figure);

inline Point on_circle(double radius, double angle) {
  return {radius * std::sin(angle), -radius * std::cos(angle)};
}

}  // namespace rb::plot
