// Ranges that leave room for all points and their pixels, as plotly.js finds them.
#include <algorithm>
#include <cmath>

#include "plot/axis.hpp"
#include "plot/date.hpp"

namespace rb::plot {
namespace {

struct Pad {
  double length;
  double operator()(const Extreme& e) const { return e.pad + (e.extra ? 0.05 * length : 0); }
};

constexpr std::size_t kMostExtremes = 256;  // pairs of them are looked at

// `beyond(a, b)`: a is at least as far out as b. Keeps only what no other point makes needless; of too many
// one with the room that any of them needs.
template <class Beyond>
void note(std::vector<Extreme>& list, const Extreme& fresh, Beyond beyond) {
  for (const auto& e : list)
    if (beyond(e.value, fresh.value) && e.pad >= fresh.pad && (e.extra || !fresh.extra)) return;
  std::erase_if(list, [&](const Extreme& e) {
    return beyond(fresh.value, e.value) && e.pad <= fresh.pad && (fresh.extra || !e.extra);
  });
  list.push_back(fresh);
  if (list.size() <= kMostExtremes) return;
  Extreme all = fresh;
  for (const auto& e : list) {
    if (beyond(e.value, all.value)) all.value = e.value;
    all = {all.value, std::max(all.pad, e.pad), all.extra || e.extra};
  }
  list = {all};
}

// The pair of ends that needs most value units for a pixel.
struct Best {
  Extreme low, high;
  double units = 0;
};

Best find_best(const Axis& axis, Pad pad) {
  Best best;
  for (const auto& low : axis.lows)
    for (const auto& high : axis.highs) {
      double span = high.value - low.value, pixels = axis.length - pad(low) - pad(high);
      if (!(span > 0)) continue;
      if (pixels > axis.length / 10) {
        if (span / pixels > best.units) best = {low, high, span / pixels};
      } else if (span / axis.length > best.units) {
        best = {{low.value}, {high.value}, span / axis.length};
      }
    }
  return best;
}

std::array<double, 2> around_one(const Axis& axis, double value, const std::string& mode, Pad pad) {
  if (mode == "tozero") {
    if (value == 0) return {0, 1};
    double most = 0;
    for (const auto& e : value > 0 ? axis.highs : axis.lows) most = std::max(most, pad(e));
    double end = value / (1 - std::min(0.5, most / axis.length));
    return value > 0 ? std::array{0.0, end} : std::array{end, 0.0};
  }
  if (mode == "nonnegative") return {std::max(0.0, value - 1), std::max(1.0, value + 1)};
  return {value - 1, value + 1};
}

std::array<double, 2> find_range(const Axis& axis) {
  Pad pad{axis.length};
  if (axis.lows.empty() || axis.highs.empty()) {
    if (axis.kind == AxisKind::date) return {kYear2000, 978307200000};
    return axis.is_x() ? std::array{-1.0, 6.0} : std::array{-1.0, 4.0};
  }
  auto mode = axis.kind == AxisKind::linear
                  ? axis.node.choice("rangemode", {"normal", "tozero", "nonnegative"}, "normal")
                  : "normal";
  double least = std::ranges::min(axis.lows, {}, &Extreme::value).value;
  double most = std::ranges::max(axis.highs, {}, &Extreme::value).value;
  if (least == most) return around_one(axis, least, mode, pad);
  auto best = find_best(axis, pad);
  if (mode == "tozero") {
    if (best.low.value >= 0) best.low = {};
    if (best.high.value <= 0) best.high = {};
  } else if (mode == "nonnegative") {
    if (best.low.value - best.units * pad(best.low) < 0) best.low = {};
    if (best.high.value <= 0) best.high = {1};
  }
  double units = (best.high.value - best.low.value) / (axis.length - pad(best.low) - pad(best.high));
  return {best.low.value - units * pad(best.low), best.high.value + units * pad(best.high)};
}

}  // namespace

void make_room(Axis& axis, double coordinate, const Padding& padding) {
  double value = axis.linear(coordinate);
  if (!std::isfinite(value)) return;
  bool to_zero = padding.to_zero && axis.kind == AxisKind::linear;
  auto add = [&](auto& list, double at, double pad, auto beyond) {
    bool tight = to_zero && at == 0;
    note(list, {at, tight ? 0 : std::max(0.0, pad), !tight && padding.extra}, beyond);
  };
  add(axis.lows, to_zero ? std::min(0.0, value) : value, padding.low, std::less_equal{});
  add(axis.highs, to_zero ? std::max(0.0, value) : value, padding.high, std::greater_equal{});
}

void make_room(Axis& axis, std::span<const double> coordinates, const Padding& padding) {
  double least = HUGE_VAL, most = -HUGE_VAL;
  for (double c : coordinates)
    if (std::isfinite(axis.linear(c))) least = std::min(least, c), most = std::max(most, c);
  if (least > most) return;
  make_room(axis, least, padding);
  make_room(axis, most, padding);
}

void settle_range(Axis& axis) {
  auto found = find_range(axis);
  if (axis.reversed) std::swap(found[0], found[1]);
  if (!axis.fixed_first) axis.range[0] = found[0];
  if (!axis.fixed_last) axis.range[1] = found[1];
  if (axis.range[0] == axis.range[1]) axis.range = {axis.range[0] - 1, axis.range[1] + 1};
}

}  // namespace rb::plot
