#include "plot/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "plot/furniture.hpp"
#include "plot/spacing.hpp"
#include "plot/template.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr std::array<std::string_view, 10> kColorway{"#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd",
                                                     "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"};
constexpr int kRounds = 6;  // margins settle after two or three

using PartFactory = Parts (*)(const Figure&, std::span<const TraceInput>);
struct PartFamily {
  std::initializer_list<std::string_view> types;
  PartFactory make;
};
const std::array<PartFamily, 5> kPartFamilies{{{{"pie"}, make_pies},
                                               {{"treemap"}, make_treemaps},
                                               {{"scatterpolar", "barpolar", "scatterpolargl"}, make_polars},
                                               {{"indicator"}, make_indicators},
                                               {{"table"}, make_tables}}};
constexpr std::array<std::string_view, 8> kCartesian{"scatter", "scattergl", "bar",    "histogram",
                                                     "box",     "heatmap",   "funnel", "waterfall"};

Style read_style(const Node& layout, const RenderOptions& options) {
  Style style;
  style.font = layout.font("font", Font{});
  style.paper = layout.color("paper_bgcolor", {255, 255, 255});
  style.plot = layout.color("plot_bgcolor", {255, 255, 255});
  style.language = options.language;
  style.separators = layout.text("separators", "");
  auto* colors = layout.array("colorway");
  for (std::size_t i = 0; colors && i < colors->size(); ++i)
    if (auto color = parse_color(shown((*colors)[i])))
      style.colorway.push_back(*color);
    else
      layout.wrong(fmt::format("colorway[{}]", i), "must be a colour");
  if (style.colorway.empty())
    for (auto name : kColorway) style.colorway.push_back(*parse_color(name));
  return style;
}

Size read_size(const Node& layout, const RenderOptions& options) {
  auto side = [&](const char* name, double told, double otherwise) {
    return told > 0 ? told : layout.number(name, otherwise, 10, 20'000);
  };
  return {side("width", options.size.width, 700), side("height", options.size.height, 450)};
}

// The traces that are to be drawn, with what stands behind each.
std::vector<TraceInput> read_traces(const boost::json::object& figure, const Template& behind,
                                    const Style& style, Problems& problems) {
  std::vector<TraceInput> inputs;
  auto* data = figure.if_contains("data");
  auto* list = data ? data->if_array() : nullptr;
  if (data && !list) problems.errors.push_back({"data", "must be an array"});
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    auto path = fmt::format("data[{}]", i);
    if (!(*list)[i].is_object()) {
      problems.errors.push_back({path, "must be an object"});
      continue;
    }
    auto type = Node(&(*list)[i], nullptr, path, problems).text("type", "scatter");
    auto count = std::ranges::find(counts, type, &std::pair<std::string, std::size_t>::first);
    if (count == counts.end()) count = counts.insert(counts.end(), {type, 0});
    Node node(&(*list)[i], behind.trace(type == "scattergl" ? "scatter" : type, count->second++), path,
              problems);
    auto visible = node.choice("visible", {"true", "false", "legendonly"}, "true");
    if (visible == "false") continue;
    inputs.push_back({node, i, style.colorway[i % style.colorway.size()], type,
                      node.text("name", fmt::format("trace {}", i)), visible == "legendonly"});
  }
  return inputs;
}

std::vector<TraceInput> of_types(const std::vector<TraceInput>& inputs,
                                 std::span<const std::string_view> types) {
  std::vector<TraceInput> found;
  std::ranges::copy_if(inputs, std::back_inserter(found),
                       [&](const TraceInput& t) { return std::ranges::find(types, t.type) != types.end(); });
  return found;
}

// Histograms have no gaps between their bars, unless bars stand beside them on the same axes.
double bar_gap(const Figure& figure, const std::vector<TraceInput>& inputs) {
  bool gapless = false;
  bool group = figure.layout.text("barmode", "group") == "group";
  std::vector<std::string> used;
  for (const auto& input : inputs) {
    if (input.type != "bar" && input.type != "histogram") continue;
    auto axes = input.node.text("xaxis", "x") + input.node.text("yaxis", "y");
    if (group && std::ranges::count(used, axes) > 0) return 0.2;
    used.push_back(axes);
    if (input.type != "histogram") continue;
    auto* values = input.node.array(is_horizontal(input) ? "y" : "x");
    gapless |= values && guess_kind(*values) != AxisKind::category;
  }
  return gapless ? 0 : 0.2;
}

// In the order of the traces; the entries of one trace stay as they are.
std::vector<LegendItem> by_trace(std::vector<LegendItem> items) {
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (std::size_t i = 0; i < items.size(); ++i) order.emplace_back(items[i].trace, i);
  std::ranges::sort(order);
  std::vector<LegendItem> sorted;
  for (auto [trace, i] : order) sorted.push_back(std::move(items[i]));
  return sorted;
}

class Renderer {
 public:
  Renderer(Figure& figure, const std::vector<TraceInput>& inputs)
      : figure_(figure), cartesian_(figure, of_types(inputs, kCartesian), inputs.empty()), title_(figure) {
    for (const auto& family : kPartFamilies) {
      auto members = of_types(inputs, std::vector<std::string_view>(family.types));
      if (!members.empty())
        for (auto& part : family.make(figure, members)) parts_.push_back(std::move(part));
    }
    std::vector<LegendItem> items;
    cartesian_.legend(items);
    for (const auto& part : parts_) part->legend(items);
    items = by_trace(std::move(items));
    std::vector<ColorBar> bars;
    cartesian_.color_bars(bars);
    for (const auto& part : parts_) part->color_bars(bars);
    for (auto& bar : bars) add_bar(std::move(bar));
    legend_.emplace(figure, items, shows_legend(inputs, items), cartesian_.stacks_bars());
    make_room_for_annotations(figure, cartesian_);
    make_room_for_shapes(figure, cartesian_);
  }

  Scene paint() {
    lay_out();
    Scene scene{.size = figure_.size, .background = figure_.style.paper, .title = plain_text(title_.text())};
    Refs refs{cartesian_, area_};
    cartesian_.paint_backgrounds(scene);
    paint_shapes(figure_, refs, scene, true);
    cartesian_.paint(scene);
    for (const auto& part : parts_) part->paint({scene, area_});
    paint_shapes(figure_, refs, scene, false);
    for (const auto& bar : bars_) bar.paint(scene);
    legend_->paint(scene);
    title_.paint(scene);
    paint_annotations(figure_, refs, scene);
    return scene;
  }

 private:
  void add_bar(ColorBar bar) {  // one for a shared colour axis
    if (std::ranges::count(bar_paths_, bar.node.path()) > 0) return;
    bar_paths_.push_back(bar.node.path());
    bars_.emplace_back(figure_, std::move(bar));
  }

  // With two traces or more, a pie, or a trace that asks for it.
  static bool shows_legend(const std::vector<TraceInput>& inputs, const std::vector<LegendItem>& items) {
    std::size_t count = items.size();
    for (const auto& item : items)
      for (const auto& input : inputs)
        if (input.index == item.trace && (input.type == "pie" || input.node.own("showlegend"))) ++count;
    return !items.empty() && count > 1;
  }

  // Margins need labels and labels need margins: a few rounds, until nothing moves.
  void lay_out() {
    MarginPushes pushes;
    Margins margins = find_margins(figure_, pushes);
    for (int round = 0; round < kRounds; ++round) {
      area_ = area_within(figure_.size, margins);
      MarginPushes wanted;
      cartesian_.lay_out(area_, wanted);
      title_.lay_out(area_, wanted);
      legend_->lay_out(area_, wanted);
      for (auto& bar : bars_) bar.lay_out(area_, wanted);
      auto next = find_margins(figure_, wanted);
      double moved = std::max({std::abs(next.left - margins.left), std::abs(next.right - margins.right),
                               std::abs(next.top - margins.top), std::abs(next.bottom - margins.bottom)});
      if (moved <= 1) break;
      margins = next;
    }
  }

  Figure& figure_;
  Cartesian cartesian_;
  Title title_;
  Parts parts_;
  std::vector<ColorBarView> bars_;
  std::vector<std::string> bar_paths_;
  std::optional<Legend> legend_;
  Box area_{};
};

}  // namespace

Result<Drawing> scene_of(const boost::json::object& figure, const RenderOptions& options) {
  Problems problems;
  auto* own = figure.if_contains("layout");
  if (own && !own->is_object() && !own->is_null()) problems.errors.push_back({"layout", "must be an object"});
  Template behind(Node(own, nullptr, "layout", problems));
  Node layout(own, behind.layout(), "layout", problems);
  Figure whole{layout, read_style(layout, options), read_size(layout, options), problems};
  auto inputs = read_traces(figure, behind, whole.style, problems);
  whole.bar_gap = bar_gap(whole, inputs);
  for (const auto& input : inputs) {
    bool known = std::ranges::find(kCartesian, input.type) != kCartesian.end();
    for (const auto& family : kPartFamilies)
      known |= std::ranges::find(family.types, input.type) != family.types.end();
    if (!known) input.node.wrong("type", "is not a kind of trace that can be drawn");
  }
  Drawing drawing;
  drawing.scene = Renderer(whole, inputs).paint();
  space_texts(drawing.scene);
  if (!problems.errors.empty())
    return fail({Errc::invalid, "the figure has wrong values", std::move(problems.errors)});
  drawing.warnings = std::move(problems.warnings);
  return drawing;
}

}  // namespace rb::plot
