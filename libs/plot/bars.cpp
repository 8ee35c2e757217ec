#include "plot/bars.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "plot/date.hpp"

namespace rb::plot {
namespace {

// What bars of one family are told: mode, gap, and whether they become parts of 1 or 100.
struct Arrangement {
  std::string mode, norm;
  double gap, group_gap;
};

Arrangement arrangement_of(const Figure& figure, const std::string& type) {
  const auto& n = figure.layout;
  if (type == "funnel")
    return {n.choice("funnelmode", {"stack", "group", "overlay"}, "stack"), "",
            n.number("funnelgap", 0.2, 0, 1), n.number("funnelgroupgap", 0, 0, 1)};
  if (type == "waterfall")
    return {n.choice("waterfallmode", {"group", "overlay"}, "group"), "", n.number("waterfallgap", 0.2, 0, 1),
            n.number("waterfallgroupgap", 0, 0, 1)};
  return {n.choice("barmode", {"stack", "group", "overlay", "relative"}, "group"),
          n.choice("barnorm", {"", "fraction", "percent"}, ""), n.number("bargap", figure.bar_gap, 0, 1),
          n.number("bargroupgap", 0, 0, 1)};
}

struct Places {
  double least_apart = 1, first = 0;
  bool shared = false;  // bars stand at one place
};

Places places_of(std::span<BarTrace* const> traces, const Axis& axis) {
  std::set<double> all;
  std::size_t count = 0;
  for (const auto* t : traces)
    for (const auto& b : t->bars) all.insert(b.place), ++count;
  Places places{axis.kind == AxisKind::date ? kDay : 1.0, all.empty() ? 0 : *all.begin(),
                count != all.size()};
  if (double apart = least_distance(all); std::isfinite(apart)) places.least_apart = apart;
  if (axis.kind == AxisKind::category) places.least_apart = 1;
  for (const auto* t : traces)
    if (all.size() == 1 && t->input().type == "histogram" && !t->bars.empty())
      places.least_apart = t->bars[0].to - t->bars[0].from;
  return places;
}

// Bars side by side in groups of `index` of `count`.
void set_sides(std::span<BarTrace* const> traces, const Arrangement& how, bool side_by_side) {
  if (traces.empty()) return;
  auto& axis = traces[0]->place_axis();
  auto places = places_of(traces, axis);
  std::vector<std::string> groups;
  for (const auto* t : traces)
    if (auto group = t->input().node.text("offsetgroup", "");
        !group.empty() && std::ranges::count(groups, group) == 0)
      groups.push_back(group);
  double whole = places.least_apart * (1 - how.gap);
  double parts = !groups.empty()                 ? static_cast<double>(groups.size())
                 : side_by_side && places.shared ? static_cast<double>(traces.size())
                                                 : 1;
  double step = whole / parts, width = step * (1 - how.group_gap);
  for (std::size_t i = 0; i < traces.size(); ++i) {
    auto& t = *traces[i];
    auto group = t.input().node.text("offsetgroup", "");
    double place = !group.empty() ? static_cast<double>(std::ranges::find(groups, group) - groups.begin())
                   : parts > 1    ? static_cast<double>(i)
                                  : 0;
    double offset = ((2 * place + 1 - parts) * step - width) / 2;
    const auto& n = t.input().node;
    for (auto& b : t.bars) {
      double own_width = number_at(n, "width", b.index, width);
      double own_offset = number_at(n, "offset", b.index, offset + (width - own_width) / 2);
      b.from = b.place + own_offset, b.to = b.from + own_width;
      make_room(axis, b.place - places.least_apart / 2, {});
      make_room(axis, b.place + places.least_apart / 2, {});
      if (n.has("width") || n.has("offset")) make_room(axis, b.from, {}), make_room(axis, b.to, {});
    }
  }
  bool forced =
      places.shared && side_by_side && axis.kind != AxisKind::log && axis.kind != AxisKind::category;
  axis.least_step = forced ? places.least_apart : 0;
  axis.step_start = places.first;
}

// Sums by place, group and, apart, sign.
class Stacks {
 public:
  explicit Stacks(bool signs_apart) : signs_apart_(signs_apart) {}
  double& at(const BarTrace& t, const Bar& b, double value) {
    return sums_[{std::llround(b.place * 1e6), t.input().node.text("offsetgroup", ""),
                  signs_apart_ && value < 0}];
  }

 private:
  bool signs_apart_;
  std::map<std::tuple<long long, std::string, bool>, double> sums_;
};

void pile_up(std::span<BarTrace* const> traces, const Arrangement& how) {
  Stacks stacks(how.mode == "relative");
  for (auto* t : traces)
    if (t->input().type == "funnel")
      for (auto& b : t->bars) stacks.at(*t, b, b.size) -= b.size / 2;
  for (auto* t : traces)
    for (auto& b : t->bars) {
      double& sum = stacks.at(*t, b, b.size);
      double value = b.size + (t->input().type == "funnel" ? 0 : b.base);
      b.base = sum, b.size = value;
      sum += value;
    }
  for (auto* t : traces)
    for (auto& b : t->bars) b.outermost = b.base + b.size == stacks.at(*t, b, b.size);
}

void normalize(std::span<BarTrace* const> traces, const Arrangement& how, bool piled) {
  double whole = how.norm == "percent" ? 100 : 1;
  Stacks sums(how.mode == "relative");
  for (auto* t : traces)
    for (auto& b : t->bars) sums.at(*t, b, b.size) += b.size + (piled ? 0 : b.base);
  for (auto* t : traces)
    for (auto& b : t->bars) {
      double sum = sums.at(*t, b, b.size), scale = sum == 0 ? 0 : std::abs(whole / sum);
      b.base *= scale, b.size *= scale;
    }
}

// Bars of one trace at one place would hide each other: they stand on each other instead.
void unhide(BarTrace& trace) {
  if (trace.has_own_base()) return;
  Stacks stacks(true);
  for (auto& b : trace.bars) {
    double& sum = stacks.at(trace, b, b.base + b.size);
    double before = sum;
    sum += b.base + b.size;
    if (before != 0) b.base = before;
  }
}

void make_room_for_sizes(std::span<BarTrace* const> traces, const Arrangement& how, bool piled) {
  for (auto* t : traces) {
    auto& axis = t->size_axis();
    axis.bars_or_fill = true;
    double room = t->text_room(), most = how.norm == "percent" ? 100 : 1;
    for (const auto& b : t->bars) {
      bool beyond = how.mode != "stack" || b.base + b.size > most * (1 + 1e-9) || b.base + b.size < -1e-9;
      Padding padding{.extra = how.norm.empty() || beyond, .to_zero = piled || !b.has_base || b.base == 0};
      (b.size < 0 ? padding.low : padding.high) = room;
      make_room(axis, b.base + b.size, padding);
      if (b.has_base || t->input().type == "waterfall" || t->input().type == "funnel")
        make_room(axis, b.base, padding);
    }
  }
}

void arrange(std::span<BarTrace* const> traces, const Arrangement& how, bool pile, bool group) {
  if (traces.empty()) return;
  set_sides(traces, how, group);
  if (pile) pile_up(traces, how);
  if (group && how.norm.empty())
    for (auto* t : traces)
      if (t->input().type != "waterfall") unhide(*t);
  if (!how.norm.empty()) normalize(traces, how, pile);
  make_room_for_sizes(traces, how, pile);
}

}  // namespace

void arrange_bars(const Figure& figure, std::span<BarTrace* const> traces) {
  if (traces.empty()) return;
  auto how = arrangement_of(figure, traces[0]->input().type);
  std::vector<BarTrace*> together, alone;
  for (auto* t : traces) {
    bool apart = how.mode == "overlay" || (how.mode == "group" ? t->has_own_offset() : t->has_own_base());
    (apart ? alone : together).push_back(t);
  }
  arrange(together, how, how.mode != "group", how.mode == "group");
  for (auto* t : alone) arrange(std::span(&t, 1), how, false, false);
  for (auto* t : traces) {
    t->add_up();
    std::vector<double> ends;
    for (const auto& b : t->bars) ends.push_back(b.base + b.size);
    t->errors.emplace(t->input().node, t->sideways() ? 'x' : 'y', t->size_axis(), std::move(ends),
                      default_line);
  }
}

BarTrace::BarTrace(const Figure& figure, const CartesianInput& input)
    : Trace(input), figure_(figure), sideways_(is_horizontal(input.trace)) {
  if (input.trace.type == "waterfall")
    read_waterfall();
  else if (input.trace.type != "histogram")
    read_bars();
  colors_ = point_colors(figure, node().child("marker"), input.trace.color, bars.size());
}

void BarTrace::add_up() {
  total_ = 0;
  for (const auto& bar : bars) total_ += bar.size;
}

// Places and sizes of the points, as coordinates; NaN for what is none.
std::vector<std::pair<double, double>> BarTrace::points() const {
  const auto *place = sideways_ ? "y" : "x", *size = sideways_ ? "x" : "y";
  auto *given = node().array(size), *places = node().array(place);
  std::size_t count = given ? given->size() : 0;
  if (places) count = std::min(count, places->size());
  auto at = coordinates(node(), place, place_axis(), count);
  std::vector<std::pair<double, double>> found;
  for (std::size_t i = 0; i < count; ++i) found.emplace_back(at[i], size_axis().coordinate((*given)[i]));
  return found;
}

void BarTrace::read_bars() {
  std::size_t i = 0;
  for (auto [place, size] : points()) {
    double base = number_at(node(), "base", i, NAN);
    bool has_base = has_own_base() && std::isfinite(base);
    if (std::isfinite(place) && std::isfinite(size))
      bars.push_back(
          {.place = place, .size = size, .base = has_base ? base : 0, .has_base = has_base, .index = i});
    ++i;
  }
}

void BarTrace::read_waterfall() {
  double sum = node().number("base", 0);
  std::size_t i = 0;
  for (auto [place, size] : points()) {
    Bar bar{.place = place, .index = i};
    auto measure = text_at(node(), "measure", i++);
    bool total = measure == "total" || measure == "t", absolute = measure == "absolute" || measure == "a";
    if (!std::isfinite(place) || (!total && !std::isfinite(size))) continue;
    if (total || absolute) {
      if (absolute) sum = size;
      bar.size = sum, bar.kind = Bar::Kind::total;
    } else {
      bar.base = sum, bar.size = size;
      bar.kind = size < 0 ? Bar::Kind::decreasing : Bar::Kind::increasing;
      sum += size;
    }
    bars.push_back(bar);
  }
}

Traces make_bars(const Figure& figure, std::span<const CartesianInput> inputs) {
  Traces traces;
  std::vector<BarTrace*> upright, sideways, histograms;
  for (const auto& input : inputs) {
    auto trace = std::make_unique<BarTrace>(figure, input);
    if (!input.trace.hidden) {
      (trace->sideways() ? sideways : upright).push_back(trace.get());
      if (input.trace.type == "histogram") histograms.push_back(trace.get());
    }
    traces.push_back(std::move(trace));
  }
  fill_histograms(figure, histograms);
  arrange_bars(figure, upright);
  arrange_bars(figure, sideways);
  return traces;
}

}  // namespace rb::plot
