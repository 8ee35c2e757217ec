#include "plot/figure.hpp"

#include <algorithm>

namespace rb::plot::build {
namespace {

namespace bj = boost::json;

constexpr std::string_view kInk = "#2a3f5f", kGrid = "#e3e9f2";

bj::array list(const Texts& texts) {
  bj::array out;
  out.reserve(texts.size());
  for (const auto& one : texts) out.emplace_back(one);
  return out;
}

bj::array list(const Numbers& numbers) {
  bj::array out;
  out.reserve(numbers.size());
  for (const auto& one : numbers) out.push_back(one ? bj::value(*one) : bj::value());
  return out;
}

bj::array pair(const std::array<double, 2>& two) { return {two[0], two[1]}; }

std::string numbered(std::string_view name, int number) {
  return std::string(name) + (number == 1 ? "" : std::to_string(number));
}

bj::array palette() {
  bj::array out;
  for (auto color : kPalette) out.emplace_back(color);
  return out;
}

}  // namespace

Trace::Trace(std::string_view type) { json_["type"] = type; }

bj::object& Trace::part(std::string_view name) {
  auto& out = json_[name];
  if (!out.is_object()) out.emplace_object();
  return out.get_object();
}

Trace Trace::lines(const Texts& x, const Numbers& y) {
  Trace out("scatter");
  out.json_["mode"] = y.size() > 60 ? "lines" : "lines+markers";
  out.json_["x"] = list(x);
  out.json_["y"] = list(y);
  return out;
}

Trace Trace::points(const Numbers& x, const Numbers& y) {
  Trace out("scatter");
  out.json_["mode"] = "markers";
  out.json_["x"] = list(x);
  out.json_["y"] = list(y);
  out.part("marker")["size"] = 10;
  return out;
}

Trace Trace::bars(const Texts& x, const Numbers& y) {
  Trace out("bar");
  out.json_["x"] = list(x);
  out.json_["y"] = list(y);
  return out;
}

Trace Trace::bars_across(const Texts& y, const Numbers& x) {
  Trace out("bar");
  out.json_["orientation"] = "h";
  out.json_["x"] = list(x);
  out.json_["y"] = list(y);
  return out;
}

Trace Trace::pie(const Texts& labels, const Numbers& values) {
  Trace out("pie");
  out.json_["labels"] = list(labels);
  out.json_["values"] = list(values);
  out.json_["hole"] = 0.4;
  out.part("marker")["colors"] = palette();
  return out;
}

Trace Trace::treemap(const Texts& labels, const Numbers& values) {
  Trace out("treemap");
  out.json_["parents"] = list(Texts(labels.size()));
  out.json_["labels"] = list(labels);
  out.json_["values"] = list(values);
  bj::array colors;
  for (std::size_t i = 0; i < labels.size(); ++i) colors.emplace_back(kPalette[i % kPalette.size()]);
  out.part("marker")["colors"] = std::move(colors);
  return out;
}

Trace Trace::heat_map(const Texts& x, const Texts& y, const std::vector<Numbers>& z) {
  Trace out("heatmap");
  out.json_["x"] = list(x);
  out.json_["y"] = list(y);
  bj::array rows;
  for (const auto& row : z) rows.push_back(list(row));
  out.json_["z"] = std::move(rows);
  out.json_["xgap"] = 2;
  out.json_["ygap"] = 2;
  // Light to dark in one hue: reads the same without colours.
  out.json_["colorscale"] = {{0, "#eef4fb"}, {0.5, "#5b9bd0"}, {1, "#084081"}};
  return out;
}

Trace& Trace::name(std::string_view text) {
  json_["name"] = text;
  return *this;
}

Trace& Trace::color(std::size_t of_palette) {
  auto color = kPalette[of_palette % kPalette.size()];
  const auto* mode = json_.if_contains("mode");
  bool has_line = mode && mode->as_string().starts_with("lines");
  part(has_line ? "line" : "marker")["color"] = color;
  return *this;
}

Trace& Trace::axes(int x, int y) {
  json_["xaxis"] = numbered("x", x);
  json_["yaxis"] = numbered("y", y);
  return *this;
}

Trace& Trace::fill() {
  json_["fill"] = "tozeroy";
  return *this;
}

Trace& Trace::dashed() {
  part("line")["dash"] = "dot";
  return *this;
}

Trace& Trace::text(const Texts& of_points, std::string_view position) {
  json_["text"] = list(of_points);
  if (json_["type"] == "scatter") json_["mode"] = json_["mode"].as_string().c_str() + std::string("+text");
  if (!position.empty()) json_["textposition"] = position;
  return *this;
}

Trace& Trace::text_template(std::string_view pattern) {
  json_["texttemplate"] = pattern;
  return *this;
}

Trace& Trace::domain(std::array<double, 2> x, std::array<double, 2> y) {
  json_["domain"] = {{"x", pair(x)}, {"y", pair(y)}};
  return *this;
}

Trace& Trace::color_scale(std::string_view title, double least, double most) {
  json_["zmin"] = least;
  json_["zmax"] = most;
  json_["colorbar"] = {{"title", {{"text", title}}}};
  return *this;
}

Figure::Figure(std::string_view title, std::string_view language)
    : layout_{{"title", {{"text", title}, {"x", 0.5}, {"xanchor", "center"}, {"font", {{"size", 18}}}}},
              {"font", {{"family", "Open Sans, verdana, arial, sans-serif"}, {"color", kInk}}},
              {"paper_bgcolor", "white"},
              {"separators", language == "ru" ? ",\u00a0" : ".,"}} {
  layout_["colorway"] = palette();
}

Figure& Figure::add(const Trace& trace) {
  data_.push_back(trace.json());
  return *this;
}

void Figure::set_axis(std::string_view letter, std::string_view other, const Axis& axis, int number) {
  bj::object out{{"automargin", true},
                 {"showgrid", axis.has_grid},
                 {"gridcolor", kGrid},
                 {"linecolor", kGrid},
                 {"zerolinecolor", kGrid}};
  if (!axis.has_grid) out.erase("gridcolor");
  if (!axis.title.empty()) out["title"] = {{"text", axis.title}};
  if (!axis.tick_format.empty()) out["tickformat"] = axis.tick_format;
  if (!axis.tick_suffix.empty()) out["ticksuffix"] = axis.tick_suffix;
  if (axis.range) out["range"] = pair(*axis.range);
  if (axis.domain) out["domain"] = pair(*axis.domain);
  if (axis.step) out["dtick"] = *axis.step;
  if (axis.from_zero) out["rangemode"] = "tozero";
  if (axis.reversed) out["autorange"] = "reversed";
  if (axis.is_category) {
    out["type"] = "category";
    out.erase("zerolinecolor");
  }
  if (number != 1 || axis.anchor != 1) out["anchor"] = numbered(other, axis.anchor);
  if (axis.over) {
    out["overlaying"] = numbered(letter, *axis.over);
    out["side"] = "right";
  }
  layout_[numbered(std::string(letter) + "axis", number)] = std::move(out);
}

Figure& Figure::x_axis(const Axis& axis, int number) {
  set_axis("x", "y", axis, number);
  return *this;
}

Figure& Figure::y_axis(const Axis& axis, int number) {
  set_axis("y", "x", axis, number);
  return *this;
}

Figure& Figure::bar_mode(std::string_view mode) {
  layout_["barmode"] = mode;
  return *this;
}

Figure& Figure::legend_below() {
  layout_["showlegend"] = true;
  layout_["legend"] = {
      {"orientation", "h"}, {"x", 0.5}, {"xanchor", "center"}, {"y", -0.2}, {"yanchor", "top"}};
  return *this;
}

Figure& Figure::without_legend() {
  layout_["showlegend"] = false;
  return *this;
}

Figure& Figure::heading(std::string_view text, double x, double y) {
  auto& notes = layout_["annotations"];
  if (!notes.is_array()) notes.emplace_array();
  notes.get_array().push_back({{"text", text},
                               {"showarrow", false},
                               {"xref", "paper"},
                               {"yref", "paper"},
                               {"x", x},
                               {"y", y},
                               {"xanchor", "center"},
                               {"yanchor", "bottom"},
                               {"font", {{"size", 14}}}});
  return *this;
}

Figure& Figure::without_data(std::string_view message) {
  data_.clear();
  layout_["xaxis"] = {{"visible", false}};
  layout_["yaxis"] = {{"visible", false}};
  for (const auto* gone : {"xaxis2", "yaxis2", "xaxis3", "yaxis3", "xaxis4", "yaxis4", "legend", "barmode",
                           "showlegend", "annotations"})
    layout_.erase(gone);
  return heading(message, 0.5, 0.5);
}

bj::object Figure::json() && { return {{"data", std::move(data_)}, {"layout", std::move(layout_)}}; }

}  // namespace rb::plot::build
