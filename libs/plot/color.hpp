#pragma once
// Colours as CSS and Plotly write them. Pure, thread-safe.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rb::plot {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0;
  double a = 1;  // 0 is invisible
  bool operator==(const Color&) const = default;
};

inline constexpr Color invisible{0, 0, 0, 0};
inline constexpr Color default_line{0x44, 0x44, 0x44};  // plotly.js: of what has no colour of its own

// "#abc", "#aabbcc", "#aabbccdd", "rgb(1,2,3)", "rgba(1,2,3,0.5)", "hsl(120,50%,50%)", "hsla(…)" and CSS
// names.
std::optional<Color> parse_color(std::string_view text);

// "#rrggbb", with alpha "rgba(r,g,b,a)".
std::string to_text(Color color);

Color fade(Color color, double opacity);       // its alpha times `opacity`
Color mix(Color from, Color to, double part);  // linear in RGB and alpha; part 0 is `from`
Color over(Color top, Color below);            // what the eye sees of `top` drawn over an opaque `below`
bool is_dark(Color color);                     // light text reads better on it
Color contrast(Color background);              // plotly's text colour on this background: #444 or white

}  // namespace rb::plot
