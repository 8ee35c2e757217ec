#include "plot/template.hpp"

#include <array>

#include "base/strings.hpp"

namespace rb::plot {
namespace {

namespace bj = boost::json;

// Plotly's own templates, as far as a still picture shows them; they differ by their colours.
constexpr std::string_view kPattern = R"json({"layout": {
  "font": {"color": "$ink"}, "paper_bgcolor": "$paper", "plot_bgcolor": "$paper",
  "colorway": ["#636efa", "#EF553B", "#00cc96", "#ab63fa", "#FFA15A", "#19d3f3", "#FF6692", "#B6E880", "#FF97FF", "#FECB52"],
  "title": {"x": 0.05}, "xaxis": {"automargin": true, "gridcolor": "$grid", "linecolor": "$line", "ticks": "",
    "title": {"standoff": 15}, "zerolinecolor": "$grid", "zerolinewidth": 2, "showline": false},
  "yaxis": {"automargin": true, "gridcolor": "$grid", "linecolor": "$line", "ticks": "",
    "title": {"standoff": 15}, "zerolinecolor": "$grid", "zerolinewidth": 2, "showline": false},
  "polar": {"bgcolor": "$paper", "angularaxis": {"gridcolor": "$line", "linecolor": "$line", "ticks": ""},
    "radialaxis": {"gridcolor": "$line", "linecolor": "$line", "ticks": ""}},
  "annotationdefaults": {"arrowcolor": "$ink", "arrowhead": 0, "arrowwidth": 1}, "shapedefaults": {"line": {"color": "$ink"}},
  "coloraxis": {"colorbar": {"outlinewidth": 0, "ticks": ""}},
  "colorscale": {"sequential": [[0, "#0d0887"], [0.1111111111111111, "#46039f"], [0.2222222222222222, "#7201a8"],
    [0.3333333333333333, "#9c179e"], [0.4444444444444444, "#bd3786"], [0.5555555555555556, "#d8576b"],
    [0.6666666666666666, "#ed7953"], [0.7777777777777778, "#fb9f3a"], [0.8888888888888888, "#fdca26"], [1, "#f0f921"]],
    "diverging": [[0, "#8e0152"], [0.1, "#c51b7d"], [0.2, "#de77ae"], [0.3, "#f1b6da"], [0.4, "#fde0ef"], [0.5, "#f7f7f7"],
    [0.6, "#e6f5d0"], [0.7, "#b8e186"], [0.8, "#7fbc41"], [0.9, "#4d9221"], [1, "#276419"]]}},
 "data": {"bar": [{"error_x": {"color": "$ink"}, "error_y": {"color": "$ink"}, "marker": {"line": {"color": "$paper", "width": 0.5}}}],
  "barpolar": [{"marker": {"line": {"color": "$paper", "width": 0.5}}}],
  "heatmap": [{"colorscale": "Plasma", "colorbar": {"outlinewidth": 0, "ticks": ""}}],
  "pie": [{"automargin": true}],
  "table": [{"cells": {"fill": {"color": "$cell"}, "line": {"color": "$paper"}}, "header": {"fill": {"color": "$head"}, "line": {"color": "$paper"}}}]}})json";

using Palette = std::array<std::pair<std::string_view, std::string_view>, 6>;
constexpr Palette kWhite{{{"$ink", "#2a3f5f"},
                          {"$paper", "white"},
                          {"$grid", "#EBF0F8"},
                          {"$line", "#EBF0F8"},
                          {"$cell", "#EBF0F8"},
                          {"$head", "#C8D4E3"}}};
constexpr Palette kDark{{{"$ink", "#f2f5fa"},
                         {"$paper", "rgb(17,17,17)"},
                         {"$grid", "#283442"},
                         {"$line", "#506784"},
                         {"$cell", "#506784"},
                         {"$head", "#2a3f5f"}}};

bj::value painted(const Palette& palette) {
  std::string text(kPattern);
  for (auto [name, color] : palette) text = replace_all(std::move(text), name, color);
  return bj::parse(text);
}

const bj::object* named_template(std::string_view name) {
  static const bj::value white = painted(kWhite), dark = painted(kDark);
  if (name == "plotly_white") return &white.get_object();
  if (name == "plotly_dark") return &dark.get_object();
  return nullptr;
}

}  // namespace

Template::Template(const Node& layout) {
  auto* value = layout.own("template");
  if (!value) return;
  if (auto* text = value->if_string()) {
    root_ = named_template(*text);
    if (!root_ && *text != "none") layout.warn("template", "is not a known template");
  } else if (auto* object = value->if_object()) {
    root_ = object;
  } else {
    layout.wrong("template", "must be an object or the name of a template");
  }
}

const bj::value* Template::layout() const { return root_ ? root_->if_contains("layout") : nullptr; }

const bj::value* Template::trace(std::string_view type, std::size_t index) const {
  auto* data = root_ ? root_->if_contains("data") : nullptr;
  auto* types = data ? data->if_object() : nullptr;
  auto* found = types ? types->if_contains(type) : nullptr;
  auto* list = found ? found->if_array() : nullptr;
  return list && !list->empty() ? &(*list)[index % list->size()] : nullptr;
}

}  // namespace rb::plot
