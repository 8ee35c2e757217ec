#include "plot/check/shows.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace rb::plot {
namespace {

namespace bj = boost::json;

// nullopt: no data. Packed arrays count as full.
std::optional<std::size_t> length(const bj::object& trace, std::string_view name) {
  const auto* value = trace.if_contains(name);
  if (!value) return std::nullopt;
  if (const auto* list = value->if_array()) return list->size();
  if (value->is_object() && value->get_object().contains("bdata")) return 1;
  return std::nullopt;
}

bool has_items(const bj::object& trace, std::string_view name) { return length(trace, name).value_or(0) > 0; }

// A point needs both, or the one that is given.
bool pairs(const bj::object& trace, std::string_view one, std::string_view other) {
  auto a = length(trace, one), b = length(trace, other);
  return a && b ? std::min(*a, *b) > 0 : a.value_or(b.value_or(0)) > 0;
}

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  return std::ranges::find(types, type) != types.end();
}

}  // namespace

bool shows(const bj::object& trace, std::string_view type) {
  const auto* visible = trace.if_contains("visible");
  if (visible && *visible != true) return true;
  if (is_one_of(type, {"scatter", "bar", "funnel", "waterfall"})) return pairs(trace, "x", "y");
  if (is_one_of(type, {"histogram", "box"})) return has_items(trace, "x") || has_items(trace, "y");
  if (is_one_of(type, {"scatterpolar", "barpolar"})) return pairs(trace, "r", "theta");
  if (type == "heatmap") return has_items(trace, "z");
  if (type == "pie") return pairs(trace, "labels", "values");
  if (type == "treemap")
    return has_items(trace, "parents") && (has_items(trace, "labels") || has_items(trace, "ids"));
  return true;
}

}  // namespace rb::plot
