#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "plot/context.hpp"

namespace rb::plot {
namespace {

struct Named {
  std::string_view name;
  std::string_view colors;  // evenly spaced, unless each has its position before it
};

// ColorBrewer (Brewer, Penn State), matplotlib's viridis family, and plotly's own.
constexpr std::array kScales{
    Named{"blackbody", "0 #000000 0.2 #e60000 0.4 #e6d200 0.7 #ffffff 1 #a0c8ff"},
    Named{"bluered", "#0000ff #ff0000"},
    Named{"blues", "0 #050aac 0.35 #283cbe 0.5 #4664f5 0.6 #5a78f5 0.7 #6a89f7 1 #dcdcdc"},
    Named{"cividis", "#00204c #213d6b #555b6c #7b7a77 #a59c74 #d3c064 #ffe945"},
    Named{"earth", "0 #000082 0.1 #00b4b4 0.2 #28d228 0.4 #e6e632 0.6 #784614 1 #ffffff"},
    Named{"electric", "0 #000000 0.15 #1e0064 0.4 #780064 0.6 #a05a00 0.8 #e6c800 1 #fffadc"},
    Named{"greens", "#00441b #006d2c #238b45 #41ab5d #74c476 #a1d99b #c7e9c0 #e5f5e0 #f7fcf5"},
    Named{"greys", "#000000 #ffffff"},
    Named{"hot", "0 #000000 0.3 #e60000 0.6 #ffd200 1 #ffffff"},
    Named{"inferno", "#000004 #420a68 #932667 #dd513a #fca50a #fcffa4"},
    Named{"jet", "0 #000083 0.125 #003caa 0.375 #05ffff 0.625 #ffff00 0.875 #fa0000 1 #800000"},
    Named{"magma", "#000004 #3b0f70 #8c2981 #de4968 #fe9f6d #fcfdbf"},
    Named{"picnic",
          "#0000ff #3399ff #66ccff #99ccff #ccccff #ffffff #ffccff #ff99ff #ff66cc #ff6666 #ff0000"},
    Named{"plasma", "#0d0887 #6a00a8 #b12a90 #e16462 #fca636 #f0f921"},
    Named{"portland", "#0c3383 #0a88ba #f2d338 #f28f38 #d91e1e"},
    Named{"purples", "#3f007d #54278f #6a51a3 #807dba #9e9ac8 #bcbddc #dadaeb #efedf5 #fcfbfd"},
    Named{"rainbow", "#96005a #0000c8 #0019ff #0098ff #2cff96 #97ff00 #ffea00 #ff6f00 #ff0000"},
    Named{"rdbu", "0 #050aac 0.35 #6a89f7 0.5 #bebebe 0.6 #dcaa84 0.7 #e6915a 1 #b20a1c"},
    Named{"reds", "0 #dcdcdc 0.2 #f5c39d 0.4 #f5a069 1 #b20a1c"},
    Named{"turbo",
          "#30123b #4145ab #4675ed #39a2fc #1bcfd4 #24eca6 #61fc6c #a4fc3b #d1e834 #f3c63a #fe9b2d #f36315 "
          "#d93806 #b11901 #7a0402"},
    Named{"viridis",
          "#440154 #48186a #472d7b #424086 #3b528b #33638d #2c728e #26828e #21918c #1fa088 #28ae80 #3fbc73 "
          "#5ec962 #84d44b #addc30 #d8e219 #fde725"},
    Named{"ylgnbu", "#081d58 #253494 #225ea8 #1d91c0 #41b6c4 #7fcdbb #c7e9b4 #edf8d9 #ffffd9"},
    Named{"ylorrd", "#800026 #bd0026 #e31a1c #fc4e2a #fd8d3c #feb24c #fed976 #ffeda0 #ffffcc"},
};

ColorScale scale_of(std::string_view colors) {
  auto parts = split(colors, ' ');
  bool placed = !parts[0].starts_with('#');
  ColorScale scale;
  for (std::size_t i = 0; i < parts.size(); i += placed ? 2 : 1) {
    double even = static_cast<double>(i) / static_cast<double>(parts.size() - 1);
    scale.stops.emplace_back(placed ? *to_number(boost::json::value(parts[i])) : even,
                             *parse_color(parts[placed ? i + 1 : i]));
  }
  return scale;
}

std::optional<ColorScale> find_scale(std::string_view name) {
  bool reversed = name.ends_with("_r");
  if (reversed) name.remove_suffix(2);
  auto found = std::ranges::find(kScales, ascii_lower(name), &Named::name);
  if (found == kScales.end()) return std::nullopt;
  auto scale = scale_of(found->colors);
  if (reversed) scale.reverse();
  return scale;
}

std::optional<ColorScale> listed(const boost::json::array& list) {
  ColorScale scale;
  for (const auto& item : list) {
    const boost::json::value* color = &item;
    double at =
        list.size() < 2 ? 0 : static_cast<double>(scale.stops.size()) / static_cast<double>(list.size() - 1);
    if (auto* pair = item.if_array()) {
      if (pair->size() != 2 || !to_number((*pair)[0])) return std::nullopt;
      at = *to_number((*pair)[0]);
      color = &(*pair)[1];
    }
    auto* text = color->if_string();
    auto read = text ? parse_color(*text) : std::nullopt;
    if (!read || (!scale.stops.empty() && at < scale.stops.back().first)) return std::nullopt;
    scale.stops.emplace_back(at, *read);
  }
  if (scale.stops.size() < 2 || scale.stops.front().first != 0 || scale.stops.back().first != 1)
    return std::nullopt;
  return scale;
}

std::optional<ColorScale> read_scale(const boost::json::value& value) {
  if (auto* text = value.if_string()) return find_scale(*text);
  if (auto* list = value.if_array()) return listed(*list);
  return std::nullopt;
}

}  // namespace

Color ColorScale::at(double position) const {
  if (stops.empty()) return {};
  if (!(position > stops.front().first)) return stops.front().second;
  auto next = std::ranges::lower_bound(stops, position, {}, &std::pair<double, Color>::first);
  if (next == stops.end()) return stops.back().second;
  auto [begin, before] = *(next - 1);
  return mix(before, next->second, (position - begin) / (next->first - begin));
}

void ColorScale::reverse() {
  std::ranges::reverse(stops);
  for (auto& [at, color] : stops) at = 1 - at;
}

ColorScale named_scale(std::string_view name) { return find_scale(name).value_or(*find_scale("rdbu")); }

ColorScale color_scale(const Node& node, std::string_view name, const ColorScale& otherwise) {
  auto* own = node.own(name);
  if (own) {
    if (auto scale = read_scale(*own)) return *scale;
    node.wrong(name, "must be a colour scale");
    return otherwise;
  }
  auto* value = node.find(name);
  return value ? read_scale(*value).value_or(otherwise) : otherwise;
}

}  // namespace rb::plot
