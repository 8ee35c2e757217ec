#pragma once
// Plotly's pseudo-HTML as lines of runs: <br> <b> <i> <em> <u> <s> <sup> <sub> <a href> <span style="color,
// font-size, font-family, font-weight, font-style">, entities. Other tags stay as text, closing tags that
// match nothing are dropped, as plotly.js does. Pure, thread-safe.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plot/color.hpp"

namespace rb::plot {

struct RunStyle {
  bool bold = false, italic = false, underline = false, strike = false;
  double size = 1;     // of the font's size
  double pixels = 0;   // if positive: this size instead
  double rise = 0;     // upwards, in sizes of the font
  std::string family;  // empty: the font's
  std::optional<Color> color;
  std::string link;  // http, https or mailto
  bool operator==(const RunStyle&) const = default;
};

struct Run {
  std::string text;  // valid UTF-8 without control characters
  RunStyle style;
};

using Line = std::vector<Run>;

std::vector<Line> parse_markup(std::string_view markup);

}  // namespace rb::plot
