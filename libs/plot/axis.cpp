#include "plot/axis.hpp"

#include <cmath>
#include <limits>
#include <unordered_set>

#include "plot/date.hpp"

namespace rb::plot {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::optional<double> date_of(const boost::json::value& value) {
  if (auto* text = value.if_string()) return parse_date(*text);
  return value.is_number() ? to_number(value) : std::nullopt;
}

}  // namespace

double Axis::coordinate(const boost::json::value& value, bool known_only) {
  switch (kind) {
    case AxisKind::date:
      return date_of(value).value_or(kNone);
    case AxisKind::category: {
      if (value.is_null()) return kNone;
      auto name = shown(value);
      if (auto found = category_places.find(name); found != category_places.end())
        return static_cast<double>(found->second);
      if (known_only) return kNone;
      category_places.emplace(name, categories.size());
      categories.push_back(std::move(name));
      return static_cast<double>(categories.size() - 1);
    }
    default:
      return to_number(value).value_or(kNone);
  }
}

double Axis::linear(double coordinate) const {
  if (kind != AxisKind::log) return coordinate;
  return coordinate > 0 ? std::log10(coordinate) : kNone;
}

double Axis::unlinear(double linear) const { return kind == AxisKind::log ? std::pow(10, linear) : linear; }

double Axis::pixel(double linear) const {
  double along = (linear - range[0]) * scale();
  return is_x() ? offset + along : offset + length - along;
}

AxisKind guess_kind(const boost::json::array& values) {
  std::size_t dates = 0, numbers = 0, texts = 0;
  std::unordered_set<std::string> seen;
  double step = std::max(1.0, (static_cast<double>(values.size()) - 1) / 1000);
  for (double f = 0; f < static_cast<double>(values.size()); f += step) {
    const auto& value = values[static_cast<std::size_t>(std::lround(f))];
    if (value.is_null()) continue;
    if (value.is_number()) {
      ++numbers;
      continue;
    }
    if (!seen.insert(shown(value)).second) continue;
    bool number = to_number(value).has_value();
    if (value.is_string() && parse_date(std::string_view(value.get_string()))) ++dates;
    number ? ++numbers : ++texts;
  }
  if (dates > 2 * numbers) return AxisKind::date;
  return texts > 2 * numbers ? AxisKind::category : AxisKind::linear;
}

}  // namespace rb::plot
