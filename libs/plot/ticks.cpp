#include "plot/ticks.hpp"

#include <algorithm>
#include <cmath>

#include "plot/date.hpp"
#include "plot/tick_text.hpp"

namespace rb::plot {
namespace {

using Unit = Step::Unit;
constexpr std::array kAllDigits{-0.046, 0.0, 0.301, 0.477, 0.602, 0.699, 0.778, 0.845, 0.903, 0.954, 1.0};
constexpr std::array kFewDigits{-0.301, 0.0, 0.301, 0.699, 1.0};

double power_of_ten(double value) { return std::pow(10, std::floor(std::log10(value))); }

// The first of the ascending `sizes` (times `base`) that is above `rough`, else the last.
double round_up(double rough, double base, std::initializer_list<double> sizes) {
  for (double size : sizes)
    if (size > rough / base) return base * size;
  return base * *(sizes.end() - 1);
}

Step date_step(double rough) {
  double twice = 2 * rough;
  if (twice > kYear) {
    double years = rough / kYear;
    return {Unit::months, 12 * std::max(1.0, round_up(years, power_of_ten(years), {1, 2, 5, 10}))};
  }
  if (twice > kMonth) return {Unit::months, round_up(rough / kMonth, 1, {1, 2, 3, 6, 12})};
  if (twice > kDay) return {Unit::plain, round_up(rough, kDay, {1, 2, 3, 7, 14})};
  if (twice > kHour) return {Unit::plain, round_up(rough, kHour, {1, 2, 3, 6, 12})};
  if (twice > kMinute) return {Unit::plain, round_up(rough, kMinute, {1, 2, 5, 10, 15, 30})};
  if (twice > kSecond) return {Unit::plain, round_up(rough, kSecond, {1, 2, 5, 10, 15, 30})};
  return {Unit::plain, std::max(0.1, round_up(rough, power_of_ten(rough), {2, 5, 10}))};
}

Step log_step(const Axis& axis, double rough) {
  if (rough > 0.7) return {Unit::plain, std::ceil(rough)};
  double span = std::abs(axis.range[1] - axis.range[0]);
  if (span >= 1) return {rough > 0.3 ? Unit::few_digits : Unit::all_digits, 1};
  double parts = 1.5 * span / rough;
  double distance = std::abs(std::pow(10, axis.range[1]) - std::pow(10, axis.range[0])) / parts;
  return {Unit::numbers, round_up(distance, power_of_ten(distance), {2, 5, 10})};
}

double round_to_digit(double fraction, std::span<const double> digits, bool down) {
  if (down) {
    for (std::size_t i = digits.size(); i-- > 0;)
      if (digits[i] <= fraction) return digits[i];
    return digits.front();
  }
  for (double digit : digits)
    if (digit > fraction) return digit;
  return digits.back();
}

double snapped_digit(double x, Unit unit, bool down) {
  std::span<const double> digits = kFewDigits;
  if (unit == Unit::all_digits) digits = kAllDigits;
  double fraction = round_to_digit(x - std::floor(x), digits, down);
  return std::floor(x) + std::log10(std::round(std::pow(10, fraction) * 10) / 10);
}

double next(double x, const Step& step, bool down) {
  double sign = down ? -1 : 1;
  switch (step.unit) {
    case Unit::plain:
      return x + sign * step.size;
    case Unit::months:
      return add_months(x, sign * step.size);
    case Unit::numbers:
      return std::log10(std::pow(10, x) + sign * step.size);
    default:
      return snapped_digit(x + sign * 0.01, step.unit, down);
  }
}

double first_month(double from, double start, double months, bool down) {
  // Whole steps near `from`, then to the first one that is not before it.
  double steps = std::floor((from - start) / (months * kMonth)) - 2;
  double at = add_months(start, steps * months);
  for (int i = 0; at < from && i < 10; ++i) at = add_months(at, months);
  return down && at > from ? add_months(at, -months) : at;
}

double first_tick(const Axis& axis, const Step& step, double start, double from, bool down) {
  auto whole = [&](double x) { return down ? std::floor(x) : std::ceil(x); };
  switch (step.unit) {
    case Unit::plain: {
      double first = whole((from - start) / step.size) * step.size + start;
      if (axis.kind == AxisKind::category)
        first = std::clamp(first, 0.0, std::max(0.0, static_cast<double>(axis.categories.size()) - 1));
      return first;
    }
    case Unit::months:
      return first_month(from, start, step.size, down);
    case Unit::numbers:
      return std::log10(whole((std::pow(10, from) - start) / step.size) * step.size + start);
    default:
      return snapped_digit(from, step.unit, down);
  }
}

struct Grid {
  Step step;
  double start = 0;
};

double rough_step(const Axis& axis, double font_size) {
  double wanted = axis.node.number("nticks", 0, 0);
  if (wanted == 0)
    wanted = axis.kind == AxisKind::category
                 ? axis.length / std::round(1.2 * font_size)
                 : std::clamp(axis.length / (axis.is_x() ? 80 : 40), 4.0, 9.0) + 1;
  if (axis.node.text("tickmode", "") == "array") wanted *= 100;
  return std::abs(axis.range[1] - axis.range[0]) / std::max(wanted, 0.01);
}

// "M3", "L5", "D1", "D2", a number or (dates) a number in a string; nullopt: nothing usable.
std::optional<Step> given_step(const Axis& axis) {
  auto* value = axis.node.find("dtick");
  if (!value) return std::nullopt;
  if (auto number = to_number(*value))
    return *number > 0 ? std::optional(Step{Unit::plain, *number}) : std::nullopt;
  auto text = shown(*value);
  auto size = text.size() > 1 ? to_number(boost::json::value(text.substr(1))) : std::nullopt;
  if (!size || *size <= 0) return std::nullopt;
  if (text[0] == 'M' && axis.kind == AxisKind::date) return Step{Unit::months, std::round(*size)};
  if (axis.kind != AxisKind::log) return std::nullopt;
  if (text[0] == 'L') return Step{Unit::numbers, *size};
  if (text[0] == 'D') return Step{*size == 2 ? Unit::few_digits : Unit::all_digits, 1};
  return std::nullopt;
}

Grid find_grid(const Axis& axis, double font_size) {
  Grid grid;
  auto mode = axis.node.text("tickmode", "");
  auto given = mode == "auto" ? std::nullopt : given_step(axis);
  grid.step = given ? *given : nice_step(axis, rough_step(axis, font_size));
  if (axis.kind == AxisKind::date) {
    grid.start = kYear2000;
    bool days = grid.step.unit == Unit::plain && grid.step.size >= kDay && !given;
    if (days) {
      auto format = axis.node.text("tickformat", "");
      bool monday = format.find("%u") != format.npos || format.find("%V") != format.npos ||
                    format.find("%W") != format.npos;
      grid.start += (monday ? 2 : 1) * kDay;
    }
  }
  if (!given && axis.least_step > 0 && grid.step.unit == Unit::plain && grid.step.size < 2 * axis.least_step)
    grid = {{Unit::plain, axis.least_step}, axis.step_start};
  if (given)
    if (auto* start = axis.node.find("tick0"))
      if (double at = const_cast<Axis&>(axis).coordinate(*start, true); std::isfinite(at)) grid.start = at;
  return grid;
}

std::vector<double> regular(const Axis& axis, const Grid& grid) {
  bool down = axis.range[1] < axis.range[0];
  double slack = (axis.range[1] - axis.range[0]) * 1e-4;
  double from = axis.range[0] - slack, to = axis.range[1] + slack;
  if (axis.kind == AxisKind::category)
    to = down ? std::max(-0.5, to) : std::min(static_cast<double>(axis.categories.size()) - 0.5, to);
  double most = std::max(1000.0, axis.length), x = first_tick(axis, grid.step, grid.start, from, down);
  std::vector<double> found;
  while ((down ? x >= to : x <= to) && static_cast<double>(found.size()) < most) {
    if (!found.empty() && x == found.back()) break;
    found.push_back(x);
    if (grid.step.unit == Unit::plain) {  // without the rounding errors of adding up
      double steps = std::round((x - grid.start) / grid.step.size) + (down ? -1 : 1);
      double exact = grid.start + steps * grid.step.size;
      x = std::abs(exact - next(x, grid.step, down)) < grid.step.size / 1e3 ? exact
                                                                            : next(x, grid.step, down);
    } else {
      x = next(x, grid.step, down);
    }
  }
  return found;
}

Ticks listed(const Axis& axis, const Step& step, TickText& text) {
  Ticks ticks{step, {}};
  auto* values = axis.node.array("tickvals");
  auto* texts = axis.node.array("ticktext");
  auto [low, high] = std::minmax(axis.range[0], axis.range[1]);
  double slack = (high - low) * 1e-4;
  for (std::size_t i = 0; values && i < values->size(); ++i) {
    double at = axis.linear(const_cast<Axis&>(axis).coordinate((*values)[i], true));
    if (axis.kind == AxisKind::category && !std::isfinite(at)) at = to_number((*values)[i]).value_or(NAN);
    if (!(at > low - slack && at < high + slack)) continue;
    bool named = texts && i < texts->size() && !(*texts)[i].is_null();
    ticks.list.push_back({at, named ? shown((*texts)[i]) : text(at, i == 0, i + 1 == values->size())});
  }
  return ticks;
}

}  // namespace

Step nice_step(const Axis& axis, double rough) {
  switch (axis.kind) {
    case AxisKind::date:
      return date_step(rough);
    case AxisKind::log:
      return log_step(axis, rough);
    case AxisKind::category:
      return {Unit::plain, std::ceil(std::max(rough, 1.0))};
    default: {
      double size = round_up(rough, power_of_ten(rough), {2, 5, 10});
      return {Unit::plain, size > 0 && std::isfinite(size) ? size : 1};
    }
  }
}

bool follows_main_axis(const Axis& axis) {
  auto mode = axis.node.text("tickmode", "");
  if (mode == "sync") return !axis.overlaying.empty();
  return mode.empty() && !axis.overlaying.empty() && axis.kind != AxisKind::category &&
         !axis.node.has("dtick") && !axis.node.has("tickvals");
}

Ticks ticks_beside(const Axis& axis, const Axis& main, const Ticks& ticks, double font_size,
                   const Locale& locale) {
  auto grid = find_grid(axis, font_size);
  TickText text(axis, grid.step, grid.start, locale);
  Ticks found{grid.step, {}};
  for (std::size_t i = 0; i < ticks.list.size(); ++i) {
    double part = (ticks.list[i].value - main.range[0]) / (main.range[1] - main.range[0]);
    double at = axis.range[0] + part * (axis.range[1] - axis.range[0]);
    found.list.push_back({at, text(at, i == 0, i + 1 == ticks.list.size())});
  }
  return found;
}

Ticks find_ticks(const Axis& axis, double font_size, const Locale& locale) {
  auto grid = find_grid(axis, font_size);
  auto mode = axis.node.choice("tickmode", {"auto", "linear", "array", "sync"}, "");
  bool array = mode == "array" || (mode.empty() && axis.node.has("tickvals"));
  if (array && axis.kind == AxisKind::log && grid.step.unit != Unit::numbers)
    grid.step = {Unit::numbers, std::pow(10, std::floor(std::min(axis.range[0], axis.range[1])) - 1)};
  TickText text(axis, grid.step, grid.start, locale);
  if (array) return listed(axis, grid.step, text);
  Ticks ticks{grid.step, {}};
  auto places = regular(axis, grid);
  for (std::size_t i = 0; i < places.size(); ++i)
    ticks.list.push_back(
        {places[i], text(places[i], i == 0, i + 1 == places.size()), text.font_part(places[i])});
  if (double every = axis.node.number("ticklabelstep", 1, 1); every > 1)
    for (std::size_t i = 0; i < ticks.list.size(); ++i) {
      double number = std::round((ticks.list[i].value - grid.start) / grid.step.size);
      if (grid.step.unit == Unit::plain && std::fmod(number, every) != 0) ticks.list[i].text.clear();
    }
  return ticks;
}

}  // namespace rb::plot
