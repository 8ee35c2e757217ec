#pragma once
// A trace on cartesian axes. Making one reads its data and makes room for it on its axes; painting comes when
// the axes have their ranges and pixels.
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "plot/axis.hpp"
#include "plot/context.hpp"

namespace rb::plot {

struct CartesianInput {
  TraceInput trace;
  Axis* x;
  Axis* y;
};

class Trace {
 public:
  explicit Trace(const CartesianInput& input) : input_(input) {}
  virtual ~Trace() = default;

  virtual void paint(Scene& scene) const = 0;
  virtual void legend_symbol(Scene& scene, Point center) const = 0;
  virtual bool in_legend_by_default() const { return true; }
  virtual std::optional<ColorBar> color_bar() const { return std::nullopt; }

  const TraceInput& input() const { return input_.trace; }
  Axis& x() const { return *input_.x; }
  Axis& y() const { return *input_.y; }

 protected:
  const Node& node() const { return input_.trace.node; }

 private:
  CartesianInput input_;
};

using Traces = std::vector<std::unique_ptr<Trace>>;

// Each factory is given the traces of its family on one subplot.
Traces make_scatters(const Figure& figure, std::span<const CartesianInput> inputs);
Traces make_bars(const Figure& figure, std::span<const CartesianInput> inputs);  // histograms too
Traces make_boxes(const Figure& figure, std::span<const CartesianInput> inputs);
Traces make_heatmaps(const Figure& figure, std::span<const CartesianInput> inputs);

// Which way bars, boxes and histograms grow: true for sideways.
bool is_horizontal(const TraceInput& trace);

// Between the nearest two; infinite for fewer.
double least_distance(const std::set<double>& places);

// The coordinates of `name` ("x"), or x0 + i·dx for `count` points when there are none.
std::vector<double> coordinates(const Node& node, std::string_view name, Axis& axis, std::size_t count);

}  // namespace rb::plot
