#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numbers>
#include <set>

#include "base/strings.hpp"
#include "plot/pie.hpp"

namespace rb::plot {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr std::size_t kMostSlices = 10'000;  // each may have a label to be fitted in

std::optional<double> value_of(const boost::json::array* values, std::size_t row) {
  if (values == nullptr) return 1;
  return to_number((*values)[row]);
}

std::string label_of(const Node& node, const boost::json::array* labels, std::size_t row) {
  if (labels != nullptr) {
    auto text = shown((*labels)[row]);
    return text.empty() ? std::to_string(row) : text;
  }
  return shown(node.number("label0", 0) + static_cast<double>(row) * node.number("dlabel", 1));
}

void read_color(Slice& slice, const Node& marker, std::size_t row) {
  const auto* value = value_at(marker, "colors", row);
  if (slice.has_color || value == nullptr || !value->is_string()) return;
  if (auto color = parse_color(value->get_string())) slice.color = *color, slice.has_color = true;
}

// The same labels are one slice.
void read_slices(Pie& pie, const Figure& figure) {
  const auto& node = pie.input.node;
  const auto *labels = node.array("labels"), *values = node.array("values");
  std::size_t count = labels == nullptr ? 0 : labels->size();
  if (values != nullptr) count = labels == nullptr ? values->size() : std::min(count, values->size());
  std::map<std::string, std::size_t, std::less<>> seen;
  auto marker = node.child("marker");
  std::set<std::string> hidden;
  if (const auto* labels_hidden = figure.layout.array("hiddenlabels"))
    for (const auto& label : *labels_hidden) hidden.insert(shown(label));
  for (std::size_t row = 0; row < count; ++row) {
    auto value = value_of(values, row);
    if (!value) continue;
    auto label = label_of(node, labels, row);
    auto [known, is_new] = seen.try_emplace(label, pie.slices.size());
    if (is_new) pie.slices.push_back({.label = label, .hidden = hidden.contains(label)});
    auto& slice = pie.slices[known->second];
    slice.value += *value;
    slice.rows.push_back(row);
    read_color(slice, marker, row);
  }
  if (pie.slices.size() > kMostSlices) {
    node.wrong(labels ? "labels" : "values", fmt::format("must make at most {} slices", kMostSlices));
    pie.slices.clear();
  }
  bool any = std::ranges::any_of(pie.slices, [](const Slice& s) { return s.value > 0; });
  std::erase_if(pie.slices, [&](const Slice& s) { return s.value < 0 || !any; });
  for (const auto& slice : pie.slices) pie.total += slice.hidden ? 0 : slice.value;
}

// The greatest first; of equal ones the first given.
void sort_slices(std::vector<Slice>& slices) {
  auto key = [](const Slice& slice) { return std::pair(-slice.value, slice.rows.front()); };
  std::ranges::sort(slices, {}, key);
}

// The same hue and saturation with another lightness (of HSL).
Color lighter(Color color, double step) {
  double least = std::min({color.r, color.g, color.b}) / 255.0,
         most = std::max({color.r, color.g, color.b}) / 255.0;
  auto chroma_at = [](double lightness) { return 1 - std::abs(2 * lightness - 1); };
  double before = (least + most) / 2, after = std::clamp(before + step, 0.0, 1.0);
  double factor = chroma_at(before) > 0 ? chroma_at(after) / chroma_at(before) : 0;
  auto moved = [&](std::uint8_t part) {
    return static_cast<std::uint8_t>(
        std::lround(std::clamp(after + (part / 255.0 - before) * factor, 0.0, 1.0) * 255));
  };
  return {moved(color.r), moved(color.g), moved(color.b), color.a};
}

std::string text_of(const Pie& pie, const Slice& slice, const Locale& locale) {
  const auto& node = pie.input.node;
  double part = slice.value / pie.total;
  auto percent = number_text(part * 100, "", locale, 3) + "%", value = number_text(slice.value, "", locale);
  auto own = text_at(node, "text", slice.rows.front());
  if (auto pattern = text_at(node, "texttemplate", slice.rows.front()); !pattern.empty()) {
    auto lookup = [&](std::string_view name) -> std::optional<TemplateValue> {
      if (name == "label") return as_shown(slice.label);
      if (name == "value") return TemplateValue{slice.value, value};
      if (name == "percent") return TemplateValue{part, percent};
      if (name == "color") return as_shown(to_text(slice.color));
      if (name == "text") return as_shown(own);
      if (name == "customdata") return as_shown(text_at(node, name, slice.rows.front()));
      return std::nullopt;
    };
    return fill_template(pattern, lookup, locale);
  }
  std::string_view otherwise = has_array(node, "text") ? "text+percent" : "percent";
  auto has = [&](std::string_view flag) {
    return node.flagged("textinfo", flag, {"label", "text", "value", "percent"}, {"none"}, otherwise);
  };
  std::vector<std::string> parts;
  if (has("label")) parts.push_back(slice.label);
  if (has("text") && !own.empty()) parts.push_back(own);
  if (has("value")) parts.push_back(value);
  if (has("percent")) parts.push_back(percent);
  return join(parts, "<br>");
}

void read_title(Pie& pie, const Figure& figure) {
  auto title = pie.input.node.child("title");
  pie.title = title.text("text", "");
  pie.title_font = title.font("font", figure.style.font);
  pie.title_position = title.choice("position",
                                    {"top left", "top center", "top right", "middle center", "bottom left",
                                     "bottom center", "bottom right"},
                                    pie.hole > 0 ? "middle center" : "top center");
  if (pie.hole == 0 && pie.title_position == "middle center") pie.title_position = "top center";
  pie.title_size = measure(pie.title, pie.title_font);
}

void turn(Pie& pie) {
  double direction =
      pie.input.node.choice("direction", {"clockwise", "counterclockwise"}, "counterclockwise") == "clockwise"
          ? 1
          : -1;
  double angle = pie.input.node.number("rotation", 0) * std::numbers::pi / 180;
  double factor = pie.total > 0 ? direction * kTurn / pie.total : 0;
  // Counterclockwise, the first slice still begins at the top and lies to its right.
  if (direction < 0)
    for (const auto& slice : pie.slices)
      if (!slice.hidden) {
        angle -= factor * slice.value;
        break;
      }
  for (auto& slice : pie.slices) {
    if (slice.hidden) continue;
    double end = angle + factor * slice.value;
    slice.start = std::min(angle, end);
    slice.stop = std::max(angle, end);
    slice.middle = (angle + end) / 2;
    slice.half = std::numbers::pi * std::min(slice.value / pie.total, 0.5);
    angle = end;
  }
}

double title_space(const Pie& pie, const Box& domain) {
  if (pie.title.empty() || pie.title_position == "middle center") return 0;
  return std::min(pie.title_size.height, domain.height / 2);
}

// Pies of a group have areas that are in the proportion of their totals.
void scale_groups(std::vector<Pie>& pies) {
  std::map<std::string, double> smallest;
  for (const auto& pie : pies) {
    auto group = pie.input.node.text("scalegroup", "");
    if (group.empty() || pie.total <= 0) continue;
    double density = pie.radius * pie.radius / pie.total;
    auto [at, is_new] = smallest.try_emplace(group, density);
    at->second = std::min(at->second, density);
  }
  for (auto& pie : pies)
    if (auto found = smallest.find(pie.input.node.text("scalegroup", "")); found != smallest.end())
      pie.radius = std::sqrt(found->second * pie.total);
}

}  // namespace

Pie read_pie(const Figure& figure, const TraceInput& input) {
  Pie out{.input = input};
  const auto& node = input.node;
  out.hole = node.number("hole", 0, 0, 1);
  read_slices(out, figure);
  if (node.flag("sort", true)) sort_slices(out.slices);
  for (auto& slice : out.slices) {
    if (const auto* pull = value_at(node, "pull", slice.rows.front()))
      slice.pull = std::clamp(to_number(*pull).value_or(0), 0.0, 1.0);
    out.max_pull = std::max(out.max_pull, slice.pull);
  }
  read_title(out, figure);
  turn(out);
  return out;
}

void color_slices(const Figure& figure, std::vector<Pie>& pies) {
  std::vector<Color> colorway;
  if (const auto* own = figure.layout.array("piecolorway"))
    for (const auto& value : *own)
      if (auto color = value.is_string() ? parse_color(value.get_string()) : std::nullopt)
        colorway.push_back(*color);
  if (colorway.empty()) colorway = figure.style.colorway;
  auto base = colorway;
  for (double step : {0.2, -0.2})  // then lighter, then darker ones
    for (auto color : base) colorway.push_back(lighter(color, step));

  std::map<std::string, Color, std::less<>> of_label;
  for (auto& pie : pies)
    for (auto& slice : pie.slices)
      if (slice.has_color) of_label.try_emplace(slice.label, slice.color);
  std::size_t next = 0;
  for (auto& pie : pies)
    for (auto& slice : pie.slices) {
      if (slice.has_color) continue;
      auto [known, is_new] = of_label.try_emplace(slice.label);
      if (is_new) known->second = colorway[next++ % colorway.size()];
      slice.color = known->second;
    }
  auto locale = locale_for(figure.style);
  for (auto& pie : pies)
    for (auto& slice : pie.slices) slice.text = text_of(pie, slice, locale);
}

void lay_out(std::vector<Pie>& pies, const std::vector<Box>& domains) {
  for (std::size_t i = 0; i < pies.size(); ++i) {
    auto& pie = pies[i];
    const auto& domain = domains[i];
    double space = title_space(pie, domain), height = domain.height - space;
    pie.radius = std::max(0.0, std::min(domain.width, height) / 2 / (1 + pie.max_pull));
    pie.center = {domain.x + domain.width / 2, domain.bottom() - height / 2};
    if (pie.title_position.starts_with("bottom")) pie.center.y -= space;
  }
  scale_groups(pies);
}

}  // namespace rb::plot
