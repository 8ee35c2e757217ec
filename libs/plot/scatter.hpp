#pragma once
// Lines, markers, areas and texts on cartesian axes.
#include <optional>
#include <string>
#include <vector>

#include "plot/coloring.hpp"
#include "plot/error_bars.hpp"
#include "plot/labels.hpp"
#include "plot/trace.hpp"

namespace rb::plot {

class Scatter : public Trace {
 public:
  Scatter(const Figure& figure, const CartesianInput& input);

  void make_room_for_points(bool first);
  void paint(Scene& scene) const override;
  void legend_symbol(Scene& scene, Point center) const override;
  std::optional<ColorBar> color_bar() const override { return colors_.bar; }

 private:
  friend void stack(std::vector<Scatter*>& members);
  friend Traces make_scatters(const Figure& figure, std::span<const CartesianInput> inputs);

  void find_sizes(const Node& marker);
  double size_at(std::size_t i) const;
  std::vector<std::vector<Point>> pieces() const;  // pixels, without the gaps between
  void paint_fill(Scene& scene, const std::vector<std::vector<Point>>& parts) const;
  void paint_markers(Scene& scene, const std::vector<double>& px, const std::vector<double>& py) const;
  void paint_texts(Scene& scene, const std::vector<double>& px, const std::vector<double>& py) const;
  Markers style_at(std::size_t i, double size) const;
  Color fill_color() const;
  std::optional<TemplateValue> placeholder(std::string_view name, std::size_t i,
                                           const std::string& text) const;

  const Figure& figure_;
  std::vector<double> xs_, ys_, sizes_;
  double all_size_ = 6;
  bool lines_ = true, markers_ = true, texts_ = false, stacked_ = false;
  std::string fill_;
  Color line_color_;
  PointColors colors_;
  std::optional<ErrorBars> errors_x_, errors_y_;
  const Scatter* previous_ = nullptr;  // the trace an area reaches to
};

}  // namespace rb::plot
