#include "plot/nice.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "plot/labels.hpp"
#include "plot/number_format.hpp"

namespace rb::plot {
namespace {

constexpr std::size_t kMostTicks = 1000;
constexpr std::array<std::string_view, 12> kThousands{"f", "p", "n", "μ", "m", "",
                                                      "k", "M", "B", "T", "P", "E"};

int magnitude(double value) { return static_cast<int>(std::floor(std::log10(value) + 0.01)); }

}  // namespace

double nice_step(double range, double parts) {
  double rough = std::abs(range) / std::max(parts, 1.0);
  if (!(rough > 0) || !std::isfinite(rough)) return 0;
  double base = std::pow(10, std::floor(std::log10(rough)));
  for (double factor : {2.0, 5.0})
    if (rough < factor * base * (1 - 1e-9)) return factor * base;
  return 10 * base;
}

double parts_of(double length) { return std::clamp(length / 80, 4.0, 9.0) + 1; }

std::vector<double> ticks_within(double from, double to, double step) {
  std::vector<double> out;
  if (!(step > 0)) return out;
  double low = std::min(from, to), high = std::max(from, to), slack = (high - low) * 1e-6;
  for (double i = std::ceil((low - slack) / step); i * step <= high + slack && out.size() < kMostTicks; ++i)
    out.push_back(i * step);
  if (from > to) std::ranges::reverse(out);
  return out;
}

std::string axis_number(double value, double step, double largest, const Locale& locale) {
  if (!(step > 0)) return localized(precise(value, 6), locale);
  int decimals = 2 - magnitude(step), exponent = 0;
  if (largest > 0 && std::abs(magnitude(largest)) > 3)
    exponent = std::clamp(3 * static_cast<int>(std::lround((magnitude(largest) - 1) / 3.0)), -15, 18);
  double magnitude_of_value = std::abs(value);
  if (magnitude_of_value < std::pow(10, -decimals) / 2) return "0";
  magnitude_of_value *= std::pow(10, -exponent);
  decimals = std::clamp(decimals + exponent, 0, 20);
  auto text = without_trailing_zeros(fixed(magnitude_of_value, decimals));
  auto suffix = kThousands[static_cast<std::size_t>(exponent / 3 + 5)];
  return (value < 0 ? "−" : "") + localized(text, locale) + std::string(suffix);
}

std::string tick_text(const Node& axis, double value, double step, double largest, const Locale& locale) {
  auto format = axis.text("tickformat", "");
  auto number =
      format.empty() ? axis_number(value, step, largest, locale) : number_text(value, format, locale);
  return axis.text("tickprefix", "") + number + axis.text("ticksuffix", "");
}

}  // namespace rb::plot
