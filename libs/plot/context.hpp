#pragma once
// What the painters of traces are given, and what they give: the figure's common style, its legend and its
// domains. Order of work: parts are made from the traces, they say what the legend, the colour bars and the
// margins need, the layout is settled, then they paint.
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "plot/node.hpp"
#include "plot/scene.hpp"

namespace rb::plot {

// What applies to the whole figure, resolved from layout and template.
struct Style {
  Font font;
  std::vector<Color> colorway;
  Color paper{255, 255, 255};
  Color plot{255, 255, 255};
  std::string language = "en";    // of month names and numbers: "en", "ru"
  std::string separators = ".,";  // decimal mark, thousands' mark (UTF-8, one code point each)
};

struct TraceInput {
  Node node;
  std::size_t index;  // in `data`
  Color color;        // from the colorway
  std::string type;
  std::string name;     // "trace 0" when it has none
  bool hidden = false;  // visible: "legendonly"
};

struct LegendItem {
  std::string name;
  std::function<void(Scene&, Point center)> symbol{};  // at most 30 × 14 pixels around `center`
  double rank = 1000;
  std::string group{};
  std::size_t trace = 0;
  bool dimmed = false;  // visible: "legendonly"
};

// Position 0…1 → colour.
struct ColorScale {
  std::vector<std::pair<double, Color>> stops;  // ascending
  Color at(double position) const;              // clamped
  void reverse();
};

// A scale beside the plot; several traces may share one ("coloraxis").
struct ColorBar {
  Node node;  // of `colorbar`: title, len, x, tickformat…
  ColorScale scale;
  double least = 0, most = 1;
};

struct Margins {
  double left = 0, right = 0, top = 0, bottom = 0;
};

struct Canvas {
  Scene& scene;
  Box area;  // of all plots: the picture without the margins
};

struct Figure {
  Node layout;
  Style style;
  Size size;
  Problems& problems;
  double bar_gap = 0.2;  // when layout.bargap does not say: histograms have none
};

// The painter of one or more traces that belong together (all pies, one polar subplot, …).
class Part {
 public:
  virtual ~Part() = default;
  virtual void legend(std::vector<LegendItem>&) const {}
  virtual void color_bars(std::vector<ColorBar>&) const {}
  virtual void paint(const Canvas& canvas) const = 0;
};

// One factory for each family of traces; it is given all traces of the family that are visible.
using Parts = std::vector<std::unique_ptr<Part>>;
Parts make_pies(const Figure& figure, std::span<const TraceInput> traces);
Parts make_treemaps(const Figure& figure, std::span<const TraceInput> traces);
Parts make_polars(const Figure& figure, std::span<const TraceInput> traces);
Parts make_indicators(const Figure& figure, std::span<const TraceInput> traces);
Parts make_tables(const Figure& figure, std::span<const TraceInput> traces);

// Where a trace or subplot without axes lies: its `domain` (x, y, or row and column of layout.grid).
Box domain_box(const Figure& figure, const Node& node, const Box& area);

// "Viridis", "Blues_r", [[0, "red"], [1, "blue"]], ["red", "blue"]; `otherwise` for all else, which is noted
// as wrong.
ColorScale color_scale(const Node& node, std::string_view name, const ColorScale& otherwise);
ColorScale named_scale(std::string_view name);  // unknown names give RdBu

}  // namespace rb::plot
