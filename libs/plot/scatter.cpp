#include "plot/scatter.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "plot/axis_view.hpp"
#include "plot/coloring.hpp"
#include "plot/error_bars.hpp"
#include "plot/labels.hpp"
#include "plot/lines.hpp"
#include "plot/markers.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

std::size_t count_of(const Node& node) {
  auto *x = node.array("x"), *y = node.array("y");
  if (x && y) return std::min(x->size(), y->size());
  return x ? x->size() : y ? y->size() : 0;
}

int side_of(const std::string& position, std::string_view before, std::string_view after) {
  return position.find(before) != position.npos ? -1 : position.find(after) != position.npos ? 1 : 0;
}

}  // namespace

Scatter::Scatter(const Figure& figure, const CartesianInput& input) : Trace(input), figure_(figure) {
  const auto& n = node();
  auto count = count_of(n);
  xs_ = coordinates(n, "x", x(), count);
  ys_ = coordinates(n, "y", y(), count);
  stacked_ = !n.text("stackgroup", "").empty();
  std::string_view otherwise = stacked_ || count >= 20 ? "lines" : "lines+markers";
  lines_ = n.flagged("mode", "lines", {"lines", "markers", "text"}, {"none"}, otherwise);
  markers_ = n.flagged("mode", "markers", {"lines", "markers", "text"}, {"none"}, otherwise);
  texts_ = n.flagged("mode", "text", {"lines", "markers", "text"}, {"none"}, otherwise);
  fill_ = n.choice("fill", {"none", "tozeroy", "tozerox", "tonexty", "tonextx", "toself", "tonext"},
                   stacked_ ? "tonexty" : "none");
  auto marker = n.child("marker");
  auto line = n.child("line");
  auto* color = marker.find("color");
  Color base = color && color->is_string() ? marker.color("color", input.trace.color) : input.trace.color;
  line_color_ = line.color("color", base);
  colors_ = point_colors(figure, marker, line.has("color") && !color ? line_color_ : base, count);
  find_sizes(marker);
}

void Scatter::find_sizes(const Node& marker) {
  auto* size = marker.find("size");
  bool many = size && size->is_array();
  if (!many) all_size_ = marker.number("size", 6, 0);
  double reference = marker.number("sizeref", 1), least = marker.number("sizemin", 0, 0);
  bool area = marker.choice("sizemode", {"diameter", "area"}, "diameter") == "area";
  for (std::size_t i = 0; many && i < xs_.size(); ++i) {
    double half = number_at(marker, "size", i, 0) / 2 / (reference == 0 ? 1 : reference);
    double radius = area ? std::sqrt(std::max(0.0, half)) : half;
    sizes_.push_back(radius > 0 ? 2 * std::max(radius, least) : 0);
  }
}

double Scatter::size_at(std::size_t i) const { return i < sizes_.size() ? sizes_[i] : all_size_; }

// What plotly.js keeps free around points: lines without markers touch the ends of the axis.
void Scatter::make_room_for_points(bool first) {
  bool open = xs_.size() < 2 || xs_.front() != xs_.back() || ys_.front() != ys_.back();
  Padding px{.extra = true}, py{.extra = true};
  bool to_x = fill_ == "tozerox" || (fill_ == "tonextx" && (first || stacked_));
  bool to_y = fill_ == "tozeroy" || (fill_ == "tonexty" && (first || stacked_));
  bool points = markers_ || texts_, keep_pixels_x = true;
  if (open && to_x)
    px.to_zero = true;
  else if (!node().has("error_y") && (fill_ == "tonexty" || fill_ == "tozeroy" || !points))
    px.extra = false, keep_pixels_x = false;
  if (open && to_y)
    py.to_zero = true;
  else if (fill_ == "tonextx" || fill_ == "tozerox")
    py.extra = false;
  for (std::size_t i = 0; i < xs_.size(); ++i) {
    if (!std::isfinite(xs_[i]) || !std::isfinite(ys_[i])) continue;
    double pad = markers_ ? std::max(size_at(i) / 1.6, 3.0) : 0;
    px.low = px.high = keep_pixels_x ? pad : 0;
    py.low = py.high = pad;
    if (sizes_.empty()) {
      make_room(x(), xs_, px);
      make_room(y(), ys_, py);
      break;
    }
    make_room(x(), xs_[i], px);
    make_room(y(), ys_[i], py);
  }
  errors_x_.emplace(node(), 'x', x(), xs_, line_color_);
  errors_y_.emplace(node(), 'y', y(), ys_, line_color_);
  bool sideways = fill_.ends_with('x');
  if (fill_ != "none" && fill_ != "toself" && fill_ != "tonext") (sideways ? x() : y()).bars_or_fill = true;
}

std::vector<std::vector<Point>> Scatter::pieces() const {
  bool connect = node().flag("connectgaps", false);
  std::vector<std::vector<Point>> parts(1);
  for (std::size_t i = 0; i < xs_.size(); ++i) {
    Point p{x().at(xs_[i]), y().at(ys_[i])};
    if (std::isfinite(p.x) && std::isfinite(p.y))
      parts.back().push_back(p);
    else if (!connect && !parts.back().empty())
      parts.emplace_back();
  }
  if (parts.back().empty()) parts.pop_back();
  for (auto& part : parts) part = thinned(part);
  return parts;
}

void Scatter::paint(Scene& scene) const {
  double opacity = node().number("opacity", 1, 0, 1);
  if (opacity < 1) scene.open({x().offset, y().offset, x().length, y().length}, opacity);
  auto parts = pieces();
  if (fill_ != "none") paint_fill(scene, parts);
  auto line = node().child("line");
  auto bend = line.choice("shape", {"linear", "spline", "hv", "vh", "hvh", "vhv"}, "linear");
  if (lines_) {
    Shape shape{.stroke = {line_color_, line.number("width", 2, 0)}};
    add_dash(shape.stroke, line);
    shape.stroke.join = Stroke::Join::round;
    for (auto& part : parts)
      add_line(shape.outline, std::move(part), bend, line.number("smoothing", 1, 0, 1.3));
    if (!shape.outline.empty()) scene.add(std::move(shape));
  }
  std::vector<double> px, py;
  for (double v : xs_) px.push_back(x().at(v));
  for (double v : ys_) py.push_back(y().at(v));
  errors_x_->paint(scene, x(), py);
  errors_y_->paint(scene, y(), px);
  if (markers_) paint_markers(scene, px, py);
  if (texts_) paint_texts(scene, px, py);
  if (opacity < 1) scene.close();
}

Color Scatter::fill_color() const {
  return node().color("fillcolor", fade({line_color_.r, line_color_.g, line_color_.b}, 0.5 * line_color_.a));
}

void Scatter::paint_fill(Scene& scene, const std::vector<std::vector<Point>>& parts) const {
  auto line = node().child("line");
  auto shape = line.choice("shape", {"linear", "spline", "hv", "vh", "hvh", "vhv"}, "linear");
  double smoothing = line.number("smoothing", 1, 0, 1.3);
  Shape area{.fill = fill_color()};
  bool to_next = fill_ == "tonexty" || fill_ == "tonextx";
  if (to_next && previous_ && !parts.empty()) {
    std::vector<Point> back;
    for (const auto& part : previous_->pieces()) back.insert(back.end(), part.begin(), part.end());
    std::ranges::reverse(back);
    std::vector<Point> there;
    for (const auto& part : parts) there.insert(there.end(), part.begin(), part.end());
    add_line(area.outline, there, shape, smoothing);
    auto below = previous_->node().child("line").text("shape", "linear");
    add_line(area.outline, back, below == "hv" ? "vh" : below == "vh" ? "hv" : below, smoothing, true);
    area.outline.close();
  } else {
    for (const auto& part : parts) {
      add_line(area.outline, part, shape, smoothing);
      auto zero = [](const Axis& axis) {
        double base = axis.kind == AxisKind::log ? axis.range[0] : 0;
        return std::clamp(axis.pixel(base), axis.offset - axis.length, axis.offset + 2 * axis.length);
      };
      if (fill_.ends_with('y'))
        area.outline.line_to({part.back().x, zero(y())}).line_to({part.front().x, zero(y())});
      if (fill_.ends_with('x'))
        area.outline.line_to({zero(x()), part.back().y}).line_to({zero(x()), part.front().y});
      area.outline.close();
    }
  }
  if (!area.outline.empty()) scene.add(std::move(area));
}

Markers Scatter::style_at(std::size_t i, double size) const {
  auto marker = node().child("marker");
  auto line = marker.child("line");
  auto name = text_at(marker, "symbol", i);
  auto symbol = symbol_of(name.empty() ? "circle" : name, size / 2);
  double opacity = number_at(marker, "opacity", i, sizes_.empty() ? 1 : 0.7);
  Color fill = fade(colors_[i], opacity);
  double width = number_at(line, "width", i, sizes_.empty() ? 0 : 1);
  Color edge = sizes_.empty() ? default_line : figure_.style.plot;
  if (auto* own = value_at(line, "color", i); own && own->is_string())
    edge = parse_color(own->get_string()).value_or(edge);
  Markers markers{.outline = std::move(symbol.outline), .fill = fill, .stroke = {fade(edge, opacity), width}};
  if (symbol.open) markers.stroke = {fill, width > 0 ? width : 1}, markers.fill = invisible;
  return markers;
}

void Scatter::paint_markers(Scene& scene, const std::vector<double>& px,
                            const std::vector<double>& py) const {
  auto marker = node().child("marker");
  auto line = marker.child("line");
  bool alike = sizes_.empty() && !has_array(marker, "symbol") && !has_array(marker, "opacity") &&
               !has_array(line, "color") && !has_array(line, "width");
  std::map<std::tuple<int, int, int, double>, std::size_t> known;  // markers that differ by their colour only
  std::vector<Markers> groups;
  for (std::size_t i = 0; i < px.size() && i < py.size(); ++i) {
    if (!std::isfinite(px[i]) || !std::isfinite(py[i]) || size_at(i) <= 0) continue;
    auto c = colors_[i];
    std::size_t group = groups.size();
    if (alike) group = known.emplace(std::tuple(c.r, c.g, c.b, c.a), groups.size()).first->second;
    if (group == groups.size()) groups.push_back(style_at(i, size_at(i)));
    groups[group].at.push_back({px[i], py[i]});
  }
  for (auto& group : groups) scene.add(std::move(group));
}

void Scatter::paint_texts(Scene& scene, const std::vector<double>& px, const std::vector<double>& py) const {
  auto font = node().font("textfont", figure_.style.font);
  auto locale = locale_for(figure_.style);
  for (std::size_t i = 0; i < px.size(); ++i) {
    if (!std::isfinite(px[i]) || !std::isfinite(py[i])) continue;
    auto markup = text_at(node(), "text", i);
    if (auto pattern = text_at(node(), "texttemplate", i); !pattern.empty())
      markup =
          fill_template(pattern, [&](std::string_view name) { return placeholder(name, i, markup); }, locale);
    if (markup.empty()) continue;
    auto position = text_at(node(), "textposition", i);
    int h = side_of(position, "left", "right"), v = side_of(position, "top", "bottom");
    double radius = markers_ ? size_at(i) / 2 / 0.8 + 1 : 0;
    double height = (measure(markup, font).lines - 1) * line_spacing + 1;
    Text text{
        .markup = markup,
        .font = font,
        .at = {px[i] + h * radius, py[i] + font.size * 0.75 + v * radius + (v - 1) * height * font.size / 2}};
    text.horizontal = h < 0   ? Text::Horizontal::end
                      : h > 0 ? Text::Horizontal::start
                              : Text::Horizontal::middle;
    scene.add(std::move(text));
  }
}

std::optional<TemplateValue> Scatter::placeholder(std::string_view name, std::size_t i,
                                                  const std::string& text) const {
  if (name == "text") return as_shown(text);
  if (name != "x" && name != "y") return std::nullopt;
  auto* value = value_at(node(), name, i);
  if (!value) return std::nullopt;
  if (auto number = to_number(*value)) return TemplateValue{*number, shown(*value)};
  return as_shown(shown(*value));
}

void Scatter::legend_symbol(Scene& scene, Point c) const {
  auto line = node().child("line");
  if (fill_ != "none" && fill_ != "tonext") {
    Shape area{.fill = fill_color()};
    area.outline.rectangle({c.x - 15, lines_ || markers_ ? c.y : c.y - 3, 30, 6});
    scene.add(std::move(area));
  }
  if (lines_) {
    Shape shape{.stroke = {line_color_, std::min(line.number("width", 2, 0), 10.0)}};
    add_dash(shape.stroke, line);
    shape.outline.move_to({c.x - 15, c.y}).line_to({c.x + 15, c.y});
    scene.add(std::move(shape));
  }
  if (markers_) {
    auto markers = style_at(0, std::clamp(sizes_.empty() ? all_size_ : 12.0, 2.0, 16.0));
    markers.at = {c};
    scene.add(std::move(markers));
  }
  if (texts_ && !lines_ && !markers_)
    scene.add(Text{.markup = "Aa",
                   .font = node().font("textfont", figure_.style.font),
                   .at = c,
                   .horizontal = Text::Horizontal::middle,
                   .vertical = Text::Vertical::middle});
}

// Values of one stack on top of each other, at every place that one of them has.
void stack(std::vector<Scatter*>& members) {
  if (members.empty()) return;
  const auto& first = members[0]->input().node;
  auto norm = first.choice("groupnorm", {"", "fraction", "percent"}, "");
  bool sideways = first.choice("orientation", {"v", "h"}, "v") == "h";
  std::map<double, double> sums, totals;
  auto places = [&](Scatter& s) -> std::vector<double>& { return sideways ? s.ys_ : s.xs_; };
  auto values = [&](Scatter& s) -> std::vector<double>& { return sideways ? s.xs_ : s.ys_; };
  for (auto* member : members)
    for (std::size_t i = 0; i < places(*member).size(); ++i)
      if (std::isfinite(places(*member)[i]))
        totals[places(*member)[i]] += std::isfinite(values(*member)[i]) ? values(*member)[i] : 0;
  for (auto* member : members) {
    std::map<double, double> own;
    for (std::size_t i = 0; i < places(*member).size(); ++i)
      if (std::isfinite(values(*member)[i])) own[places(*member)[i]] += values(*member)[i];
    places(*member).clear();
    values(*member).clear();
    for (auto& [place, total] : totals) {
      sums[place] += own.contains(place) ? own[place] : 0;
      double part = norm.empty() ? 1 : (norm == "percent" ? 100 : 1) / (total == 0 ? 1 : total);
      places(*member).push_back(place);
      values(*member).push_back(sums[place] * part);
    }
  }
}

Traces make_scatters(const Figure& figure, std::span<const CartesianInput> inputs) {
  Traces traces;
  std::vector<Scatter*> all;
  std::map<std::string, std::vector<Scatter*>> groups;
  for (const auto& input : inputs) {
    auto scatter = std::make_unique<Scatter>(figure, input);
    auto group = input.trace.node.text("stackgroup", "");
    if (!group.empty() && !input.trace.hidden) {
      auto& members = groups[group];
      if (!members.empty()) scatter->previous_ = members.back();
      members.push_back(scatter.get());
    } else if (!all.empty()) {
      scatter->previous_ = all.back();
    }
    if (!input.trace.hidden) all.push_back(scatter.get());
    traces.push_back(std::move(scatter));
  }
  for (auto& [name, members] : groups) stack(members);
  for (std::size_t i = 0; i < all.size(); ++i) all[i]->make_room_for_points(i == 0);
  return traces;
}

}  // namespace rb::plot
