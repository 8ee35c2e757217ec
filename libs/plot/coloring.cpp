#include "plot/coloring.hpp"

#include <algorithm>
#include <cmath>

#include "plot/labels.hpp"

namespace rb::plot {
namespace {

ColorScale default_scale(const Figure& figure, double least, double most, std::string_view named) {
  if (!named.empty()) return color_scale(figure.layout.child("colorscale"), "sequential", named_scale(named));
  auto defaults = figure.layout.child("colorscale");
  if (least < 0 && most > 0) return color_scale(defaults, "diverging", named_scale("rdbu"));
  return least >= 0 ? color_scale(defaults, "sequential", named_scale("reds"))
                    : color_scale(defaults, "sequentialminus", named_scale("blues"));
}

}  // namespace

Color ScaledColors::operator()(double value) const {
  return scale.at(most > least ? (value - least) / (most - least) : 0.5);
}

ScaledColors scaled_colors(const Figure& figure, const Node& node, char letter,
                           std::span<const double> values, std::string_view otherwise, bool bar_by_default) {
  auto shared = node.text("coloraxis", "");
  auto from = shared.empty() ? node : figure.layout.child(shared);
  if (!shared.empty()) letter = 'c', bar_by_default = true;
  ScaledColors colors;
  double least = HUGE_VAL, most = -HUGE_VAL;
  for (double v : values)
    if (std::isfinite(v)) least = std::min(least, v), most = std::max(most, v);
  if (least > most) least = 0, most = 1;
  auto limit = [&](const char* end) { return from.number(std::string(1, letter) + end); };
  if (auto middle = limit("mid"); middle && !limit("min") && !limit("max")) {
    double reach = std::max(*middle - least, most - *middle);
    least = *middle - reach, most = *middle + reach;
  }
  colors.least = limit("min").value_or(least);
  colors.most = limit("max").value_or(most);
  if (colors.least == colors.most) colors.least -= 0.5, colors.most += 0.5;
  colors.scale = color_scale(from, "colorscale", default_scale(figure, colors.least, colors.most, otherwise));
  if (from.flag("reversescale", false)) colors.scale.reverse();
  if (from.flag("showscale", bar_by_default))
    colors.bar = ColorBar{from.child("colorbar"), colors.scale, colors.least, colors.most};
  return colors;
}

PointColors point_colors(const Figure& figure, const Node& node, Color otherwise, std::size_t count) {
  PointColors colors{{}, otherwise, {}};
  auto* value = node.find("color");
  auto* list = value ? value->if_array() : nullptr;
  if (!list) {
    if (value && value->is_string()) colors.all = node.color("color", otherwise);
    return colors;
  }
  std::vector<double> numbers;
  bool numeric = std::ranges::any_of(*list, [](const auto& v) { return v.is_number(); });
  for (std::size_t i = 0; i < std::min(count, list->size()); ++i) {
    if (numeric) {
      numbers.push_back(to_number((*list)[i]).value_or(NAN));
    } else {
      auto* text = (*list)[i].if_string();
      colors.each.push_back((text ? parse_color(*text) : std::nullopt).value_or(otherwise));
    }
  }
  if (!numeric) return colors;
  auto scaled = scaled_colors(figure, node, 'c', numbers, "", false);
  for (double v : numbers) colors.each.push_back(std::isfinite(v) ? scaled(v) : otherwise);
  colors.bar = scaled.bar;
  return colors;
}

}  // namespace rb::plot
