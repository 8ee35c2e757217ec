// What kind of axis each is, and in which order categories come.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "plot/cartesian.hpp"

namespace rb::plot {
namespace {

const boost::json::array* values_of(const CartesianInput& input, char letter) {
  auto* value = input.trace.node.find(std::string(1, letter));
  return value ? value->if_array() : nullptr;
}

// The values that decide about the axis; an empty list where the trace brings none of its own.
std::optional<AxisKind> kind_from(const CartesianInput& input, char letter) {
  const auto& type = input.trace.type;
  bool sideways = is_horizontal(input.trace), along = (letter == 'x') != sideways;  // the axis bars stand on
  auto* values = values_of(input, letter);
  if (type == "histogram" && !along) return AxisKind::linear;
  if (type == "box" && along && !values) {
    auto name = std::string(1, letter) + "0";
    if (auto* place = input.trace.node.find(name); place && to_number(*place)) return AxisKind::linear;
    return AxisKind::category;
  }
  if (!values || values->empty()) return std::nullopt;
  if (std::ranges::all_of(*values, [](const auto& v) { return v.is_null(); })) return std::nullopt;
  return guess_kind(*values);
}

double total_of(const std::string& how, std::vector<double> values) {
  if (values.empty()) return 0;
  if (how == "min") return std::ranges::min(values);
  if (how == "max") return std::ranges::max(values);
  double sum = std::accumulate(values.begin(), values.end(), 0.0);
  if (how == "mean") return sum / static_cast<double>(values.size());
  if (how == "median") {
    std::ranges::sort(values);
    auto n = values.size();
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }
  return sum;
}

}  // namespace

bool is_horizontal(const TraceInput& trace) {
  bool x = trace.node.has("x"), y = trace.node.has("y");
  bool sideways = trace.type == "funnel" ? !(y && !x) : trace.type == "histogram" ? y && !x : x && !y;
  auto told = trace.node.choice("orientation", {"v", "h"}, sideways ? "h" : "v");
  return told == "h";
}

void Cartesian::guess_kinds(const std::vector<CartesianInput>& inputs) {
  for (auto& axis : axes_) {
    bool undecided = true, funnels = false, others = false;
    for (const auto& input : inputs) {
      if (input.x != axis.get() && input.y != axis.get()) continue;
      const auto& type = input.trace.type;
      (type == "funnel" ? funnels : others) = true;
      bool sizes =
          axis->is_x() == is_horizontal(input.trace);  // a funnel shows its values itself and grows downwards
      if (type == "funnel" && sizes && !others) axis->visible = axis->node.flag("visible", false);
      if (others) axis->visible = axis->node.flag("visible", true);
      axis->reversed = funnels && !others && !axis->is_x() && !sizes;
      bool bars = type != "scatter" && type != "scattergl" && type != "heatmap";
      if (bars && axis->is_x() != is_horizontal(input.trace)) axis->grid_by_default = false;
      if (type == "heatmap") axis->outer_ticks = true;
      auto kind = undecided ? kind_from(input, axis->id[0]) : std::nullopt;
      if (kind) axis->kind = *kind, undecided = false;
    }
    auto told = axis->node.choice("type", {"-", "linear", "log", "date", "category", "multicategory"}, "-");
    if (told == "linear") axis->kind = AxisKind::linear;
    if (told == "log") axis->kind = AxisKind::log;
    if (told == "date") axis->kind = AxisKind::date;
    if (told == "category" || told == "multicategory") axis->kind = AxisKind::category;
    if (auto* range = axis->node.array("range"); undecided && told == "-" && range)
      axis->kind = guess_kind(*range);
  }
}

void Cartesian::order_categories(const std::vector<CartesianInput>& inputs) {
  for (auto& axis : axes_) {
    if (axis->kind != AxisKind::category) continue;
    auto* listed = axis->node.array("categoryarray");
    auto order = axis->node.text("categoryorder", listed ? "array" : "trace");
    if (order == "array" && listed)
      for (const auto& value : *listed) axis->coordinate(value);
    if (order == "trace" || order == "array") continue;
    std::map<std::string, std::vector<double>> amounts;
    for (const auto& input : inputs) {
      if (input.x != axis.get() && input.y != axis.get()) continue;
      auto *places = values_of(input, axis->id[0]), *values = values_of(input, axis->is_x() ? 'y' : 'x');
      for (std::size_t i = 0; places && i < places->size(); ++i) {
        axis->coordinate((*places)[i]);
        auto amount = values && i < values->size() ? to_number((*values)[i]) : std::nullopt;
        if (amount) amounts[shown((*places)[i])].push_back(*amount);
      }
    }
    bool descending = order.ends_with("descending");
    auto how = order.substr(0, order.find(' '));
    auto names = axis->categories;
    auto key = [&](const std::string& name) {  // equal ones keep the order of the data
      double total = how == "category" ? 0 : total_of(how, amounts[name]);
      return std::tuple(descending ? -total : total, how == "category" ? name : "",
                        axis->category_places[name]);
    };
    std::ranges::sort(names, {}, key);
    if (how == "category" && descending) std::ranges::reverse(names);
    axis->categories = names;
    for (std::size_t i = 0; i < names.size(); ++i) axis->category_places[names[i]] = i;
  }
}

double least_distance(const std::set<double>& places) {
  double least = HUGE_VAL, previous = NAN;
  for (double place : places) {
    if (place - previous > 0) least = std::min(least, place - previous);
    previous = place;
  }
  return least;
}

std::vector<double> coordinates(const Node& node, std::string_view name, Axis& axis, std::size_t count) {
  std::vector<double> found;
  found.reserve(count);
  if (auto* list = node.array(name)) {
    for (std::size_t i = 0; i < std::min(count, list->size()); ++i)
      found.push_back(axis.coordinate((*list)[i]));
    return found;
  }
  double start = 0, step = node.number("d" + std::string(name), 1);
  if (auto* first = node.find(std::string(name) + "0")) start = axis.coordinate(*first);
  for (std::size_t i = 0; i < count; ++i) found.push_back(start + static_cast<double>(i) * step);
  return found;
}

}  // namespace rb::plot
