// Cells of colour on two axes.
#include <algorithm>
#include <cmath>

#include "plot/coloring.hpp"
#include "plot/labels.hpp"
#include "plot/limits.hpp"
#include "plot/trace.hpp"

namespace rb::plot {
namespace {

// The borders of cells around `centers`; `count` + 1 given values are borders already.
std::vector<double> borders(std::vector<double> centers, std::size_t count) {
  if (centers.size() == count + 1) return centers;
  centers.resize(std::min(centers.size(), count));
  if (centers.empty()) return {};
  std::vector<double> edges;
  double first = centers.size() > 1 ? (centers[1] - centers[0]) / 2 : 0.5;
  double last = centers.size() > 1 ? (centers.back() - centers[centers.size() - 2]) / 2 : 0.5;
  edges.push_back(centers[0] - first);
  for (std::size_t i = 1; i < centers.size(); ++i) edges.push_back((centers[i - 1] + centers[i]) / 2);
  edges.push_back(centers.back() + last);
  return edges;
}

class Heatmap : public Trace {
 public:
  Heatmap(const Figure& figure, const CartesianInput& input) : Trace(input), figure_(figure) {
    read_cells();
    auto place = [&](const char* name, Axis& axis, std::size_t count) {
      auto* list = node().array(name);
      auto centers = coordinates(node(), name, axis, list ? list->size() : count);
      auto edges = borders(centers, count);
      if (!input.trace.hidden) make_room(axis, edges);
      return edges;
    };
    xs_ = place("x", x(), columns_);
    ys_ = place("y", y(), z_.size());
    std::vector<double> all;
    for (const auto& row : z_) all.insert(all.end(), row.begin(), row.end());
    colors_ = scaled_colors(figure, node(), 'z', all, "rdbu", true);
  }

  bool in_legend_by_default() const override { return false; }
  std::optional<ColorBar> color_bar() const override { return colors_.bar; }

  void legend_symbol(Scene& scene, Point c) const override {
    Shape cell{.fill = colors_.scale.at(0.5)};
    cell.outline.rectangle({c.x - 6, c.y - 6, 12, 12});
    scene.add(std::move(cell));
  }

  void paint(Scene& scene) const override {
    double opacity = node().number("opacity", 1, 0, 1);
    double gap_x = node().number("xgap", 0, 0), gap_y = node().number("ygap", 0, 0);
    for (std::size_t r = 0; r < z_.size() && r + 1 < ys_.size(); ++r)
      for (std::size_t c = 0; c < z_[r].size() && c + 1 < xs_.size(); ++c) {
        if (!std::isfinite(z_[r][c])) continue;
        Shape cell{.fill = fade(colors_(z_[r][c]), opacity), .crisp = true};
        auto box = box_of(r, c);
        cell.outline.rectangle({box.x + gap_x / 2, box.y + gap_y / 2, std::max(0.0, box.width - gap_x),
                                std::max(0.0, box.height - gap_y)});
        scene.add(std::move(cell));
      }
    paint_texts(scene);
  }

 private:
  void read_cells() {
    auto* rows = node().array("z");
    bool turned = node().flag("transpose", false);
    std::size_t cells = 0;
    for (std::size_t r = 0; rows && r < rows->size(); ++r) {
      auto* row = (*rows)[r].if_array();
      if (!row) {
        node().wrong("z", "must be an array of arrays");
        return;
      }
      for (std::size_t c = 0; c < row->size(); ++c) {
        auto [i, j] = turned ? std::pair(c, r) : std::pair(r, c);
        if (z_.size() <= i) z_.resize(i + 1);
        if (z_[i].size() <= j) cells += j + 1 - z_[i].size(), z_[i].resize(j + 1, NAN);
        if (cells > kMaxValues) return node().wrong("z", "must have rows of about the same length");
        z_[i][j] = to_number((*row)[c]).value_or(NAN);
        columns_ = std::max(columns_, j + 1);
      }
    }
  }

  Box box_of(std::size_t r, std::size_t c) const {
    double x0 = std::round(x().at(xs_[c])), x1 = std::round(x().at(xs_[c + 1]));
    double y0 = std::round(y().at(ys_[r])), y1 = std::round(y().at(ys_[r + 1]));
    return {std::min(x0, x1), std::min(y0, y1), std::abs(x1 - x0), std::abs(y1 - y0)};
  }

  void paint_texts(Scene& scene) const {
    auto pattern = node().text("texttemplate", "");
    if (pattern.empty()) return;
    auto locale = locale_for(figure_.style);
    for (std::size_t r = 0; r < z_.size() && r + 1 < ys_.size(); ++r)
      for (std::size_t c = 0; c < z_[r].size() && c + 1 < xs_.size(); ++c) {
        if (!std::isfinite(z_[r][c])) continue;
        auto base = figure_.style.font;
        base.color = contrast(colors_(z_[r][c]));
        auto markup =
            fill_template(pattern, [&](std::string_view name) { return placeholder(name, r, c); }, locale);
        if (markup.empty()) continue;
        scene.add(Text{.markup = markup,
                       .font = node().font("textfont", base),
                       .at = box_of(r, c).center(),
                       .horizontal = Text::Horizontal::middle,
                       .vertical = Text::Vertical::middle});
      }
  }

  std::optional<TemplateValue> placeholder(std::string_view name, std::size_t r, std::size_t c) const {
    if (name == "z") return TemplateValue{z_[r][c], number_text(z_[r][c], "", locale_for(figure_.style))};
    if (name == "x") return as_shown(text_at(node(), "x", c));
    if (name == "y") return as_shown(text_at(node(), "y", r));
    auto* rows = name == "text" ? node().array("text") : nullptr;
    auto* row = rows && r < rows->size() ? (*rows)[r].if_array() : nullptr;
    if (!row || c >= row->size()) return std::nullopt;
    return as_shown(shown((*row)[c]));
  }

  const Figure& figure_;
  std::vector<std::vector<double>> z_;
  std::size_t columns_ = 0;
  std::vector<double> xs_, ys_;
  ScaledColors colors_;
};

}  // namespace

Traces make_heatmaps(const Figure& figure, std::span<const CartesianInput> inputs) {
  Traces traces;
  for (const auto& input : inputs) traces.push_back(std::make_unique<Heatmap>(figure, input));
  return traces;
}

}  // namespace rb::plot
