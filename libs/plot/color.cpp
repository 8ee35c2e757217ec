#include "plot/color.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/strings.hpp"
#include "plot/color_names.hpp"

namespace rb::plot {
namespace {

std::uint8_t byte(double value) {
  return static_cast<std::uint8_t>(std::clamp(std::round(value), 0.0, 255.0));
}

std::optional<unsigned> hex_number(std::string_view text) {
  unsigned value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Color of_bits(std::uint32_t rgb) {
  return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
          static_cast<std::uint8_t>(rgb)};
}

std::optional<Color> parse_hex(std::string_view digits) {
  std::string full;
  if (digits.size() == 3 || digits.size() == 4)
    for (char c : digits) full.append(2, c);
  else
    full = digits;
  auto value = hex_number(full);
  if (!value) return std::nullopt;
  if (full.size() == 6) return of_bits(*value);
  if (full.size() != 8) return std::nullopt;
  auto color = of_bits(*value >> 8);
  color.a = (*value & 0xff) / 255.0;
  return color;
}

struct Argument {
  double value;
  bool percent;
};

std::optional<Argument> parse_argument(std::string_view text) {
  text = trim(text);
  bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return Argument{value, percent};
}

Color from_hsl(double hue, double saturation, double lightness) {
  hue = std::fmod(std::fmod(hue, 360) + 360, 360);
  auto channel = [&](double shift) {  // CSS Color 4, 7.1
    double k = std::fmod(shift + hue / 30, 12);
    double a = saturation * std::min(lightness, 1 - lightness);
    return byte(255 * (lightness - a * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}))));
  };
  return {channel(0), channel(8), channel(4)};
}

std::optional<Color> parse_function(std::string_view text) {
  auto open = text.find('(');
  if (open == text.npos || !text.ends_with(')')) return std::nullopt;
  auto name = trim(text.substr(0, open));
  std::string inner(text.substr(open + 1, text.size() - open - 2));
  std::ranges::replace(inner, '/', ',');
  std::vector<Argument> arguments;
  for (const auto& part : split(inner, ',')) {
    auto argument = parse_argument(part);
    if (!argument) return std::nullopt;
    arguments.push_back(*argument);
  }
  if (arguments.size() != 3 && arguments.size() != 4) return std::nullopt;
  Color color;
  if (name == "rgb" || name == "rgba") {
    auto channel = [](Argument a) { return byte(a.percent ? a.value * 2.55 : a.value); };
    color = {channel(arguments[0]), channel(arguments[1]), channel(arguments[2])};
  } else if (name == "hsl" || name == "hsla") {
    auto part = [](Argument a) { return std::clamp(a.percent ? a.value / 100 : a.value, 0.0, 1.0); };
    color = from_hsl(arguments[0].value, part(arguments[1]), part(arguments[2]));
  } else {
    return std::nullopt;
  }
  if (arguments.size() == 4)
    color.a = std::clamp(arguments[3].percent ? arguments[3].value / 100 : arguments[3].value, 0.0, 1.0);
  return color;
}

}  // namespace

std::optional<Color> parse_color(std::string_view given) {
  auto text = ascii_lower(trim(given));
  if (text.empty()) return std::nullopt;
  if (text[0] == '#') return parse_hex(std::string_view(text).substr(1));
  if (text == "transparent") return invisible;
  auto named = std::ranges::lower_bound(kColorNames, text, {}, [](const auto& pair) { return pair.first; });
  if (named != kColorNames.end() && named->first == text) return of_bits(named->second);
  return parse_function(text);
}

std::string to_text(Color c) {
  if (c.a >= 1) return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
  return fmt::format("rgba({},{},{},{:.3g})", c.r, c.g, c.b, c.a);
}

Color fade(Color color, double opacity) {
  color.a *= opacity;
  return color;
}

Color mix(Color from, Color to, double part) {
  auto between = [&](double a, double b) { return a + (b - a) * part; };
  return {byte(between(from.r, to.r)), byte(between(from.g, to.g)), byte(between(from.b, to.b)),
          between(from.a, to.a)};
}

Color over(Color top, Color below) {
  double part = top.a;
  top.a = below.a = 1;
  return mix(below, top, part);
}

bool is_dark(Color color) { return (color.r * 299 + color.g * 587 + color.b * 114) / 1000 < 128; }

Color contrast(Color background) {
  return is_dark(over(background, {255, 255, 255})) ? Color{255, 255, 255} : default_line;
}

}  // namespace rb::plot
