#pragma once
// Measuring Plotly's pseudo-HTML (<b> <i> <br> <sub> <sup> <span style> <a>). Thread-safe: each thread has
// its own font map, which the first call of a thread loads. Sizes in pixels, as a browser gives them for the
// same font.
#include <string>
#include <string_view>

#include "plot/scene.hpp"

namespace rb::plot {

// In em, as plotly.js has them: from baseline to baseline; from a baseline to the top of a capital, to its
// middle.
inline constexpr double line_spacing = 1.3, capital_height = 0.7, capital_middle = 0.35;
inline constexpr double smallest_text = 2;  // pixels: what would be smaller is left out

struct TextSize {
  double width = 0;   // of the longest line
  double height = 0;  // round(ascent) + round(descent) + 1.3 em for each further line
  double ascent = 0;  // from the top to the baseline of the first line
  int lines = 1;
};

TextSize measure(std::string_view markup, const Font& font);

// Where the first line begins, as seen from the text's point.
double part_before(Text::Horizontal horizontal);                       // of the line's width, to the left
double first_baseline(Text::Vertical vertical, const TextSize& size);  // downwards

// `markup` with <br> put in so that no line is wider than `width`, unless a single word is.
std::string wrap(std::string_view markup, const Font& font, double width);

// Without tags and entities, lines joined by blanks.
std::string plain_text(std::string_view markup);

}  // namespace rb::plot
