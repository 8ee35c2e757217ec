#pragma once
// Bars of all kinds: bar, histogram, funnel, waterfall.
#include <optional>
#include <string>
#include <vector>

#include "plot/coloring.hpp"
#include "plot/error_bars.hpp"
#include "plot/labels.hpp"
#include "plot/trace.hpp"

namespace rb::plot {

struct Bar {
  double place = 0;           // coordinate on the axis it stands on
  double size = 0, base = 0;  // it reaches from base to base + size
  double from = 0, to = 0;    // its sides
  bool has_base = false;      // the figure gives it
  bool outermost = true;      // of its stack: text may stand outside
  std::size_t index = 0;      // of the point
  enum class Kind { plain, increasing, decreasing, total } kind = Kind::plain;
};

class BarTrace : public Trace {
 public:
  BarTrace(const Figure& figure, const CartesianInput& input);

  void paint(Scene& scene) const override;
  void legend_symbol(Scene& scene, Point center) const override;
  std::optional<ColorBar> color_bar() const override { return colors_.bar; }

  bool sideways() const { return sideways_; }
  Axis& place_axis() const { return sideways_ ? y() : x(); }
  Axis& size_axis() const { return sideways_ ? x() : y(); }
  bool has_own_offset() const { return node().has("offset"); }
  bool has_own_base() const { return node().has("base") && input().type == "bar"; }
  double text_room() const;  // pixels that texts outside of upright bars need
  void add_up();             // the bars have their sizes

  std::vector<Bar> bars;
  std::optional<ErrorBars> errors;

 private:
  std::vector<std::pair<double, double>> points() const;
  void read_bars();
  void read_waterfall();
  Box box_of(const Bar& bar) const;
  double corner_radius(const Box& box) const;
  int outer_side(const Bar& bar) const;
  Color color_of(const Bar& bar) const;
  Stroke edge_of(const Bar& bar) const;
  void paint_text(Scene& scene, const Bar& bar) const;
  void place_text(Scene& scene, const Bar& bar, const std::string& markup, const std::string& where) const;
  std::string text_of(const Bar& bar) const;
  std::string info_of(const Bar& bar) const;
  std::optional<TemplateValue> placeholder(std::string_view name, const Bar& bar) const;
  void paint_connectors(Scene& scene) const;
  void paint_pattern(Scene& scene, const Bar& bar, const Box& box) const;
  std::string place_text_of(const Bar& bar) const;

  const Figure& figure_;
  bool sideways_;
  PointColors colors_;
  double total_ = 0;  // of all sizes
};

// Positions, widths and stacks of the bars on one subplot that grow the same way; makes room on their axes.
void arrange_bars(const Figure& figure, std::span<BarTrace* const> traces);

// The bins of histograms that share them.
struct Bins {
  std::vector<double> edges;
};
Bins find_bins(const Axis& axis, std::span<const double> values, const Node& given, double most_bins);
void fill_histograms(const Figure& figure, std::span<BarTrace* const> traces);

}  // namespace rb::plot
