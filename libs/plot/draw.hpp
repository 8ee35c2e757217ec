#pragma once
// A Plotly figure as a picture. Thread-safe; each thread loads the fonts it needs at its first picture (tens
// of milliseconds: warm one render thread at start).
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "plot/node.hpp"

namespace rb::plot {

enum class Format { png, jpeg, svg, pdf };

struct DrawOptions {
  Format format = Format::png;
  int width = 0, height = 0;  // pixels before scale; 0: the figure's own, else 700 × 450
  double scale = 1;           // pixels of the picture for one pixel of the figure
  double dpi = 96;            // noted in PNG and JPEG, does not change the pixels
  std::string language = "en";
  std::string title{}, description{};  // for the file; empty: the figure's title, no description
};

struct Picture {
  std::string bytes;
  std::vector<Warning> warnings;
};

// Errc::invalid: `fields` names the path of every wrong value; Errc::too_large: more pixels, points or text
// than plot/limits.hpp allows.
Result<Picture> draw(const boost::json::object& figure, const DrawOptions& options);

}  // namespace rb::plot
