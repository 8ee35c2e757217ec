#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <ranges>

#include "base/strings.hpp"
#include "plot/axis_view.hpp"
#include "plot/bars.hpp"
#include "plot/number_format.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kBarGap = 3;  // pixels between a bar and its text

Box between(Point a, Point b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

Size turned(const TextSize& size, double angle) {
  double c = std::abs(std::cos(angle * std::numbers::pi / 180)),
         s = std::abs(std::sin(angle * std::numbers::pi / 180));
  return {size.width * c + size.height * s, size.width * s + size.height * c};
}

bool fits(const TextSize& t, double width, double height, bool sideways) {
  if (width < 0 || height < 0) return false;
  return (t.width <= width && t.height <= height) || (t.width <= height && t.height <= width) ||
         (sideways ? width >= t.width * (height / t.height) : height >= t.height * (width / t.width));
}

bool wants_turn(const TextSize& t, double width, double height) {
  if (t.width <= width && t.height <= height) return false;
  return !(t.width > height || t.height > width) || (t.width < t.height) != (width < height);
}

// Round at the two corners of one side: 0 top, 1 right, 2 bottom, 3 left.
void add_rounded(Outline& to, const Box& box, double radius, int side) {
  const std::array<Point, 4> corners{
      {{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}}};
  for (int i = 0; i < 4; ++i) {
    auto corner = corners[static_cast<std::size_t>(i)];
    if (i == side || i == (side + 1) % 4) {
      Point center{corner.x + (i == 0 || i == 3 ? radius : -radius), corner.y + (i < 2 ? radius : -radius)};
      to.arc(center, radius, 180 + 90 * i, 270 + 90 * i);
    } else {
      to.empty() ? to.move_to(corner) : to.line_to(corner);
    }
  }
  to.close();
}

}  // namespace

// Of the end that lies away from the base; stacked bars have none. Pixels, or "30%" of the bar's breadth.
double BarTrace::corner_radius(const Box& box) const {
  auto mode = figure_.layout.text("barmode", "group");
  const auto& type = input().type;
  if ((type != "bar" && type != "histogram") || mode == "stack" || mode == "relative") return 0;
  auto marker = node().child("marker");
  const auto* told = marker.find("cornerradius");
  if (!told) told = figure_.layout.find("barcornerradius");
  if (!told) return 0;
  double breadth = sideways_ ? box.height : box.width, length = sideways_ ? box.width : box.height;
  auto text = shown(*told);
  bool is_share = text.ends_with('%');
  if (is_share) text.pop_back();
  double radius = to_number(boost::json::value(text)).value_or(0) * (is_share ? breadth / 100 : 1);
  return std::clamp(radius, 0.0, std::min(breadth / 2, length));
}

int BarTrace::outer_side(const Bar& bar) const {
  auto& sizes = size_axis();
  bool grows = sizes.at(bar.base + bar.size) >= sizes.at(bar.base);  // to the right or downwards
  if (sideways_) return grows ? 1 : 3;
  return grows ? 2 : 0;
}

double BarTrace::text_room() const {
  if (sideways_ || !(node().has("text") || node().has("texttemplate")) ||
      node().text("textposition", "auto") != "outside")
    return 0;
  double size = node().font("outsidetextfont", node().font("textfont", figure_.style.font)).size;
  int lines = 1;
  for (const auto& bar : bars) lines = std::max(lines, measure(text_of(bar), figure_.style.font).lines);
  return size * line_spacing * lines + kBarGap;
}

Box BarTrace::box_of(const Bar& bar) const {
  auto &p = place_axis(), &s = size_axis();
  auto at_size = [&](double v) {
    double pixel = s.at(v);
    return std::isfinite(pixel) ? pixel : s.pixel(std::min(s.range[0], s.range[1]));
  };
  double from = p.at(bar.from), to = p.at(bar.to), low = at_size(bar.base),
         high = at_size(bar.base + bar.size);
  return sideways_ ? between({low, from}, {high, to}) : between({from, low}, {to, high});
}

Color BarTrace::color_of(const Bar& bar) const {
  if (input().type == "waterfall") {
    constexpr Color rising{0x3d, 0x99, 0x70}, falling{0xff, 0x41, 0x36}, sum{0x44, 0x99, 0xff};
    auto own = [&](const char* name, Color c) {
      return node().child(name).child("marker").color("color", c);
    };
    if (bar.kind == Bar::Kind::total) return own("totals", sum);
    return bar.kind == Bar::Kind::decreasing ? own("decreasing", falling) : own("increasing", rising);
  }
  return fade(colors_[bar.index], number_at(node().child("marker"), "opacity", bar.index, 1));
}

Stroke BarTrace::edge_of(const Bar& bar) const {
  auto line = node().child("marker").child("line");
  Color color = default_line;
  if (auto* value = value_at(line, "color", bar.index); value && value->is_string())
    color = parse_color(value->get_string()).value_or(color);
  return {color, number_at(line, "width", bar.index, 0)};
}

void BarTrace::paint(Scene& scene) const {
  double opacity = node().number("opacity", 1, 0, 1);
  if (opacity < 1) scene.open({x().offset, y().offset, x().length, y().length}, opacity);
  paint_connectors(scene);
  bool touching = figure_.layout.text("barmode", "group") == "stack" ||
                  figure_.layout.number("bargap", figure_.bar_gap) == 0;
  for (const auto& bar : bars) {
    auto box = box_of(bar);
    if (!std::isfinite(box.x + box.y + box.width + box.height)) continue;
    Shape shape{.fill = color_of(bar), .stroke = edge_of(bar)};
    shape.crisp = touching && !shape.stroke.visible();  // no seams
    double radius = corner_radius(box);
    radius > 0 ? add_rounded(shape.outline, box, radius, outer_side(bar))
               : (void)shape.outline.rectangle(box);
    scene.add(std::move(shape));
    paint_pattern(scene, bar, box);
  }
  for (const auto& bar : bars) paint_text(scene, bar);
  std::vector<double> middles;
  for (const auto& bar : bars) middles.push_back(place_axis().at((bar.from + bar.to) / 2));
  if (errors) errors->paint(scene, size_axis(), middles);
  if (opacity < 1) scene.close();
}

void BarTrace::paint_pattern(Scene& scene, const Bar& bar, const Box& box) const {
  auto pattern = node().child("marker").child("pattern");
  auto shape = text_at(pattern, "shape", bar.index);
  if (shape.empty() || box.width < 1 || box.height < 1 || scene.is_full()) return;
  double step = std::max(3.0, number_at(pattern, "size", bar.index, 8)),
         solid = number_at(pattern, "solidity", bar.index, 0.3);
  Color line = pattern.color("fgcolor", contrast(color_of(bar)));
  Shape hatch{.stroke = {line, step * solid * 0.7}};
  scene.open(box);
  double reach = box.width + box.height;
  for (double d = 0; d < reach; d += step) {
    if (shape == "/" || shape == "x")
      hatch.outline.move_to({box.x + d, box.y}).line_to({box.x + d - box.height, box.bottom()});
    if (shape == "\\" || shape == "x")
      hatch.outline.move_to({box.right() - d, box.y}).line_to({box.right() - d + box.height, box.bottom()});
    if ((shape == "|" || shape == "+") && d < box.width)
      hatch.outline.move_to({box.x + d, box.y}).line_to({box.x + d, box.bottom()});
    if ((shape == "-" || shape == "+") && d < box.height)
      hatch.outline.move_to({box.x, box.y + d}).line_to({box.right(), box.y + d});
  }
  if (shape == ".") {
    Markers dots{.outline = Outline().circle({}, step * std::sqrt(solid / std::numbers::pi)), .fill = line};
    for (double dx = step / 2; dx < box.width; dx += step)
      for (double dy = step / 2; dy < box.height; dy += step) dots.at.push_back({box.x + dx, box.y + dy});
    scene.add(std::move(dots));
  } else {
    scene.add(std::move(hatch));
  }
  scene.close();
}

void BarTrace::paint_connectors(Scene& scene) const {
  bool funnel = input().type == "funnel";
  auto connector = node().child("connector");
  if ((!funnel && input().type != "waterfall") || !connector.flag("visible", true)) return;
  auto point = [&](double size, double place) {
    return sideways_ ? Point{size_axis().at(size), place_axis().at(place)}
                     : Point{place_axis().at(place), size_axis().at(size)};
  };
  auto line = connector.child("line");
  Shape shape{.stroke = {line.color("color", default_line), line.number("width", funnel ? 0 : 2, 0)}};
  add_dash(shape.stroke, line);
  for (std::size_t i = 1; i < bars.size(); ++i) {
    const auto &a = bars[i - 1], &b = bars[i];
    if (funnel) {
      Shape area{.fill = connector.color("fillcolor", fade(color_of(a), 0.5)), .stroke = shape.stroke};
      area.outline.move_to(point(a.base, a.to))
          .line_to(point(a.base + a.size, a.to))
          .line_to(point(b.base + b.size, b.from))
          .line_to(point(b.base, b.from))
          .close();
      scene.add(std::move(area));
      continue;
    }
    bool spanning = connector.text("mode", "between") == "spanning";
    double level = a.base + a.size;
    shape.outline.move_to(point(level, spanning ? a.from : a.to))
        .line_to(point(level, spanning ? b.to : b.from));
  }
  if (!funnel && !shape.outline.empty()) scene.add(std::move(shape));
}

std::string BarTrace::place_text_of(const Bar& bar) const {
  auto text = text_at(node(), sideways_ ? "y" : "x", bar.index);
  return text.empty() && place_axis().is_number() ? fmt::format("{}", bar.place) : text;
}

std::optional<TemplateValue> BarTrace::placeholder(std::string_view name, const Bar& bar) const {
  auto locale = locale_for(figure_.style);
  auto number = [&](double v, std::string_view unit = "") {
    return TemplateValue{v, unit == "%" ? number_text(v, ".0%", locale) : number_text(v, "", locale)};
  };
  const char *place = sideways_ ? "y" : "x", *size = sideways_ ? "x" : "y";
  double first = bars.empty() ? 1 : bars[0].size;
  auto at = &bar - bars.data();
  double previous = at > 0 ? bars[static_cast<std::size_t>(at) - 1].size : bar.size;
  if (name == "text") return as_shown(text_at(node(), "text", bar.index));
  if (name == "label" || name == place) return as_shown(place_text_of(bar));
  if (name == "value" || name == size)
    return number(input().type == "bar" && !has_own_base()
                      ? size_axis().coordinate(node().array(size)->at(bar.index))
                      : bar.size);
  if (name == "percentInitial") return number(bar.size / first, "%");
  if (name == "percentPrevious") return number(bar.size / previous, "%");
  if (name == "percentTotal") return number(bar.size / total_, "%");
  if (name == "initial") return number(bar.base);
  if (name == "delta") return number(bar.kind == Bar::Kind::total ? 0 : bar.size);
  if (name == "final") return number(bar.base + bar.size);
  return std::nullopt;
}

std::string BarTrace::info_of(const Bar& bar) const {
  bool funnel = input().type == "funnel";
  auto text = text_at(node(), "text", bar.index);
  auto info = node().text("textinfo", funnel ? (text.empty() ? "value" : "text+value") : "");
  if (info.empty() || info == "none") return info.empty() ? text : "";
  std::vector<std::string> parts;
  auto chosen = split(info, '+');
  auto add = [&](std::string_view flag, std::string_view name) {
    if (std::ranges::count(chosen, flag) > 0)
      if (auto value = placeholder(name, bar); value && !value->shown.empty()) parts.push_back(value->shown);
  };
  add("label", "label");
  add("text", "text");
  for (auto [flag, name] :
       {std::pair("value", "value"), {"initial", "initial"}, {"delta", "delta"}, {"final", "final"}})
    add(flag, name);
  for (auto [flag, name, note] : {std::tuple("percent initial", "percentInitial", " of initial"),
                                  {"percent previous", "percentPrevious", " of previous"},
                                  {"percent total", "percentTotal", " of total"}}) {
    auto before = parts.size();
    add(flag, name);
    bool many =
        std::ranges::count_if(chosen, [](const std::string& c) { return c.starts_with("percent"); }) > 1;
    if (parts.size() > before && many) parts.back() += note;
  }
  return join(parts, "<br>");
}

std::string BarTrace::text_of(const Bar& bar) const {
  auto pattern = text_at(node(), "texttemplate", bar.index);
  if (pattern.empty()) return info_of(bar);
  return fill_template(
      pattern, [&](std::string_view name) { return placeholder(name, bar); }, locale_for(figure_.style));
}

void BarTrace::paint_text(Scene& scene, const Bar& bar) const {
  auto markup = text_of(bar);
  if (markup.empty()) return;
  auto where = text_at(node(), "textposition", bar.index);
  if (where.empty()) where = "auto";
  if (where == "none") return;
  if (where == "outside" && !bar.outermost && !bar.has_base) where = "inside";
  auto box = box_of(bar);
  if (where != "outside" && (box.width <= 0 || box.height <= 0)) return;
  if (where == "auto") {
    auto size = measure(markup, node().font("insidetextfont", node().font("textfont", figure_.style.font)));
    where = !bar.outermost || fits(size, box.width - 2 * kBarGap, box.height - 2 * kBarGap, sideways_)
                ? "inside"
                : "outside";
  }
  place_text(scene, bar, markup, where);
}

void BarTrace::place_text(Scene& scene, const Bar& bar, const std::string& markup,
                          const std::string& where) const {
  bool inside = where == "inside";
  auto box = box_of(bar);
  auto base = figure_.style.font;
  if (inside) base.color = contrast(color_of(bar));
  auto font = node().font(inside ? "insidetextfont" : "outsidetextfont", node().font("textfont", base));
  auto size = measure(markup, font);
  auto constrain = node().choice("constraintext", {"inside", "outside", "both", "none"}, "both");
  bool constrained = constrain == "both" || constrain == where;
  auto angle_text = node().text("textangle", "auto");
  double angle = angle_text == "auto" ? 0 : node().number("textangle", 0);
  double width = box.width, height = box.height, pad = kBarGap;
  if (inside) {
    pad = width > 2 * kBarGap && height > 2 * kBarGap ? kBarGap : 0;
    width -= 2 * pad, height -= 2 * pad;
    if (angle_text == "auto" && wants_turn(size, width, height)) angle = 90;
  }
  auto space = turned(size, angle);
  double scale = 1;
  if (constrained)
    scale = inside      ? std::min({1.0, width / space.width, height / space.height})
            : sideways_ ? std::min(1.0, height / space.height)
                        : std::min(1.0, width / space.width);
  if (font.size * scale < 1) return;
  double half = (sideways_ ? space.width : space.height) * scale / 2;
  double start = size_axis().at(bar.base), end = size_axis().at(bar.base + bar.size);
  if (!std::isfinite(start)) start = sideways_ ? box.x : box.bottom();
  double sign = end > start || (end == start && sideways_) ? 1 : -1, along = (start + end) / 2;
  auto anchor = node().choice("insidetextanchor", {"end", "middle", "start"},
                              input().type == "funnel" ? "middle" : "end");
  if (!inside) along = end + sign * (kBarGap + half);
  if (inside && anchor == "end") along = end - sign * (pad + half);
  if (inside && anchor == "start") along = start + sign * (pad + half);
  font.size *= scale;
  Text text{.markup = markup,
            .font = font,
            .at = box.center(),
            .horizontal = Text::Horizontal::middle,
            .vertical = Text::Vertical::middle,
            .angle = angle};
  (sideways_ ? text.at.x : text.at.y) = along;
  scene.add(std::move(text));
}

void BarTrace::legend_symbol(Scene& scene, Point center) const {
  Bar first = bars.empty() ? Bar{} : bars[0];
  first.kind = Bar::Kind::increasing;
  if (input().type == "waterfall") {
    Shape up{.fill = color_of(first)}, down;
    up.outline.move_to({center.x - 6, center.y - 6})
        .line_to({center.x + 6, center.y - 6})
        .line_to({center.x - 6, center.y + 6})
        .close();
    scene.add(std::move(up));
    first.kind = Bar::Kind::decreasing;
    down.fill = color_of(first);
    down.outline.move_to({center.x + 6, center.y - 6})
        .line_to({center.x + 6, center.y + 6})
        .line_to({center.x - 6, center.y + 6})
        .close();
    scene.add(std::move(down));
    return;
  }
  Shape shape{.fill = fade(color_of(first), node().number("opacity", 1, 0, 1)), .stroke = edge_of(first)};
  shape.stroke.width = std::min(shape.stroke.width, 5.0);
  shape.outline.rectangle({center.x - 6, center.y - 6, 12, 12});
  scene.add(std::move(shape));
}

}  // namespace rb::plot
