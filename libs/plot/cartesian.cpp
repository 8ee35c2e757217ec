#include "plot/cartesian.hpp"

#include <algorithm>
#include <cmath>

#include "plot/grid.hpp"

namespace rb::plot {

std::string axis_member(std::string_view id) {
  return std::string(1, id[0]) + "axis" + std::string(id.substr(1));
}

namespace {

using TracesFactory = Traces (*)(const Figure&, std::span<const CartesianInput>);
struct Family {
  std::string_view type;
  int layer;  // heat maps lie lowest, lines on top
  TracesFactory make;
};
constexpr std::array kFamilies{
    Family{"heatmap", 0, make_heatmaps}, Family{"funnel", 1, make_bars},
    Family{"waterfall", 2, make_bars},   Family{"bar", 3, make_bars},
    Family{"histogram", 3, make_bars},   Family{"box", 4, make_boxes},
    Family{"scatter", 5, make_scatters}, Family{"scattergl", 5, make_scatters},
};

const Family* family_of(std::string_view type) {
  auto found = std::ranges::find(kFamilies, type, &Family::type);
  return found == kFamilies.end() ? nullptr : &*found;
}

Box plot_box(const Axis& x, const Axis& y) { return {x.offset, y.offset, x.length, y.length}; }

bool is_axis_id(std::string_view id, char letter) {
  if (id.empty() || id[0] != letter || (id.size() > 1 && id[1] == '0') || id == std::string(1, letter) + "1")
    return false;
  return std::ranges::all_of(id.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Cartesian::Cartesian(const Figure& figure, const std::vector<TraceInput>& inputs, bool alone)
    : figure_(figure) {
  make_axes(inputs, alone);
  std::vector<CartesianInput> placed;
  for (const auto& input : inputs) {
    auto id = [&](const char* name, char letter) {
      auto text = input.node.text(name, std::string(1, letter));
      return is_axis_id(text, letter) ? text : std::string(1, letter);
    };
    placed.push_back({input, &axis_for(id("xaxis", 'x')), &axis_for(id("yaxis", 'y'))});
  }
  for (const auto& input : placed) {
    auto same = [&](const Subplot& s) { return s.x == input.x && s.y == input.y; };
    if (std::ranges::none_of(subplots_, same)) subplots_.push_back({input.x, input.y, {}});
  }
  if (subplots_.empty() && !axes_.empty()) subplots_.push_back({&axis_for("x"), &axis_for("y"), {}});
  place_axes();
  guess_kinds(placed);
  order_categories(placed);
  read_ranges();
  for (auto& subplot : subplots_) {
    for (int layer = 0; layer <= 5; ++layer) {
      std::vector<CartesianInput> members;
      TracesFactory make = nullptr;
      for (const auto& input : placed)
        if (const auto* family = family_of(input.trace.type);
            family && family->layer == layer && input.x == subplot.x && input.y == subplot.y)
          members.push_back(input), make = family->make;
      if (!make) continue;
      for (auto& trace : make(figure, members)) subplot.traces.push_back(std::move(trace));
    }
  }
  match_ranges();
  for (const auto& axis : axes_) told_ranges_.push_back(axis->range);
  for (auto& axis : axes_) views_.emplace_back(figure, *axis);
}

Axis& Cartesian::axis_for(std::string_view id) {
  if (auto* known = find(id)) return *known;
  auto name = axis_member(id);
  auto& layout = figure_.layout;
  auto behind = std::string(1, id[0]) + "axis";  // the template's x axis stands behind every x axis
  auto& axis = *axes_.emplace_back(std::make_unique<Axis>(
      Node(layout.own(name), layout.behind(behind), "layout." + name, figure_.problems)));
  axis.id = id;
  return axis;
}

Axis* Cartesian::find(std::string_view id) const {
  for (const auto& axis : axes_)
    if (axis->id == id) return axis.get();
  return nullptr;
}

void Cartesian::make_axes(const std::vector<TraceInput>& inputs, bool alone) {
  for (const auto& input : inputs)
    for (auto [name, letter] : {std::pair("xaxis", 'x'), std::pair("yaxis", 'y')})
      if (auto id = input.node.text(name, std::string(1, letter)); is_axis_id(id, letter))
        axis_for(id);
      else
        input.node.wrong(name, "must be the id of an axis");
  if (inputs.empty() && alone) {
    axis_for("x");
    axis_for("y");
  }
}

Axis* Cartesian::main_axis(const Axis& axis) const {
  auto* main = axis.overlaying.empty() ? nullptr : find(axis.overlaying);
  return main && main->is_x() == axis.is_x() && main != &axis ? main : const_cast<Axis*>(&axis);
}

void Cartesian::place_axes() {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& s : subplots_) pairs.emplace_back(s.x->id, s.y->id);
  GridLayout grid(figure_.layout, pairs);
  for (auto& axis : axes_) {
    const auto& node = axis->node;
    bool x = axis->is_x();
    std::string counter = "free";
    for (const auto& other : axes_)
      if (other->is_x() != x && counter == "free") counter = other->id;
    axis->visible = node.flag("visible", true);
    axis->overlaying = node.text("overlaying", "");
    axis->matches = node.text("matches", "");
    axis->anchor =
        node.text("anchor", node.own("position") ? "free" : grid.anchor_of(axis->id).value_or(counter));
    if (axis->anchor != "free" && !find(axis->anchor)) axis->anchor = counter;
    axis->position = node.number("position", 0, 0, 1);
    axis->side =
        x ? node.choice("side", {"bottom", "top"}, "bottom") : node.choice("side", {"left", "right"}, "left");
    axis->domain = grid.domain_of(axis->id).value_or(std::array{0.0, 1.0});
    auto domain = node.numbers("domain");
    if (domain.size() == 2 && domain[0] < domain[1])
      axis->domain = {std::clamp(domain[0], 0.0, 1.0), std::clamp(domain[1], 0.0, 1.0)};
  }
  for (auto& axis : axes_) axis->domain = main_axis(*axis)->domain;
}

void Cartesian::read_ranges() {
  for (auto& axis : axes_) {
    const auto& node = axis->node;
    auto mode = node.choice("autorange",
                            {"true", "false", "reversed", "min", "max", "min reversed", "max reversed"}, "");
    if (!mode.empty()) axis->reversed = mode.ends_with("reversed");
    auto* range = node.array("range");
    if (!range || mode == "true" || mode == "reversed") continue;
    if (range->size() < 2) {
      node.wrong("range", "must have two values");
      continue;
    }
    for (std::size_t i = 0; i < 2; ++i) {
      const auto& value = (*range)[i];
      if (value.is_null()) continue;
      double at = axis->kind == AxisKind::date ? axis->coordinate(value) : to_number(value).value_or(NAN);
      if (axis->kind == AxisKind::category && !std::isfinite(at)) at = axis->coordinate(value, true);
      if (!std::isfinite(at)) continue;
      axis->range[i] = at;
      (i == 0 ? axis->fixed_first : axis->fixed_last) = true;
    }
  }
}

void Cartesian::match_ranges() {
  for (auto& axis : axes_) {
    auto* leader = axis->matches.empty() ? nullptr : find(axis->matches);
    if (!leader || leader == axis.get()) continue;
    for (const auto& e : axis->lows) leader->lows.push_back(e);
    for (const auto& e : axis->highs) leader->highs.push_back(e);
  }
  for (auto& axis : axes_) {
    auto* leader = axis->matches.empty() ? nullptr : find(axis->matches);
    if (!leader || leader == axis.get()) continue;
    axis->lows = leader->lows, axis->highs = leader->highs;
    if (leader->fixed_first || leader->fixed_last)
      axis->range = leader->range, axis->fixed_first = leader->fixed_first,
      axis->fixed_last = leader->fixed_last;
  }
}

double Cartesian::line_position(const Axis& axis, const Box& area) const {
  bool far = axis.side == "top" || axis.side == "left";
  if (axis.anchor == "free")
    return axis.is_x() ? area.y + (1 - axis.position) * area.height : area.x + axis.position * area.width;
  auto* anchor = find(axis.anchor);
  return anchor->offset + (far ? 0 : anchor->length);
}

void Cartesian::lay_out(const Box& area, MarginPushes& margins) {
  area_ = area;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    auto& axis = axes_[i];
    axis->range = told_ranges_[i];
    double from = axis->domain[0], to = axis->domain[1];
    axis->offset = axis->is_x() ? area.x + from * area.width : area.y + (1 - to) * area.height;
    axis->length = std::max(1.0, (to - from) * (axis->is_x() ? area.width : area.height));
    settle_range(*axis);
  }
  keep_scales();
  auto view_of = [&](const Axis* axis) {
    return &*std::ranges::find_if(views_, [&](const AxisView& v) { return &v.axis() == axis; });
  };
  for (bool over : {false, true})
    for (auto& view : views_) {
      auto* main = main_axis(view.axis());
      if ((main != &view.axis()) != over) continue;
      view.lay_out(line_position(view.axis(), area), area, margins, over ? view_of(main) : nullptr);
    }
}

void Cartesian::paint_backgrounds(Scene& scene) const {
  if (figure_.style.plot == figure_.style.paper) return;
  for (const auto& s : subplots_) {
    if (main_axis(*s.x) != s.x || main_axis(*s.y) != s.y) continue;
    Shape shape{.fill = figure_.style.plot};
    shape.outline.rectangle(plot_box(*s.x, *s.y));
    scene.add(std::move(shape));
  }
}

void Cartesian::paint(Scene& scene) const {
  // An axis' lines go over all plots it belongs to, once for each place.
  auto each_plot = [&](const AxisView& view, auto paint) {
    std::vector<Box> done;
    for (const auto& s : subplots_) {
      if (s.x != &view.axis() && s.y != &view.axis()) continue;
      auto box = plot_box(*s.x, *s.y);
      if (std::ranges::count(done, box) == 0) paint(box);
      done.push_back(box);
    }
  };
  for (const auto& view : views_) each_plot(view, [&](const Box& box) { view.paint_grid(scene, box); });
  for (const auto& view : views_)
    each_plot(view, [&](const Box& box) {
      double zero = view.axis().pixel(0);
      bool doubled = std::ranges::any_of(views_, [&](const AxisView& o) {
        return o.axis().is_x() != view.axis().is_x() && o.has_line_at(zero);
      });
      view.paint_zero_line(scene, box, doubled);
    });
  for (bool overlay : {false, true})
    for (const auto& s : subplots_)
      if ((main_axis(*s.x) != s.x || main_axis(*s.y) != s.y) == overlay) paint_traces(scene, s);
  for (const auto& view : views_) each_plot(view, [&](const Box& box) { view.paint_line(scene, box); });
  for (const auto& view : views_) view.paint_texts(scene);
}

void Cartesian::paint_traces(Scene& scene, const Subplot& subplot) const {
  if (subplot.traces.empty()) return;
  scene.open(plot_box(*subplot.x, *subplot.y));
  for (const auto& trace : subplot.traces)
    if (!trace->input().hidden) trace->paint(scene);
  scene.close();
}

void Cartesian::legend(std::vector<LegendItem>& to) const {
  for (const auto& s : subplots_)
    for (const auto& trace : s.traces) {
      const auto& node = trace->input().node;
      if (!node.flag("showlegend", trace->in_legend_by_default())) continue;
      const auto* t = trace.get();
      to.push_back({.name = trace->input().name,
                    .symbol = [t](Scene& scene, Point center) { t->legend_symbol(scene, center); },
                    .rank = node.number("legendrank", 1000),
                    .group = node.text("legendgroup", ""),
                    .trace = trace->input().index,
                    .dimmed = trace->input().hidden});
    }
}

void Cartesian::color_bars(std::vector<ColorBar>& to) const {
  for (const auto& s : subplots_)
    for (const auto& trace : s.traces)
      if (auto bar = trace->color_bar()) to.push_back(*bar);
}

bool Cartesian::stacks_bars() const {
  if (figure_.layout.text("barmode", "group") != "stack") {
    for (const auto& s : subplots_)
      for (const auto& t : s.traces)
        if (auto fill = t->input().node.text("fill", ""); fill == "tonexty" || fill == "tonextx") return true;
    return false;
  }
  for (const auto& s : subplots_)
    for (const auto& t : s.traces)
      if (t->input().type == "bar" || t->input().type == "histogram") return true;
  return false;
}

}  // namespace rb::plot
