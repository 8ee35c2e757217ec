#include "plot/markers.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "plot/node.hpp"

namespace rb::plot {
namespace {

constexpr std::array<std::string_view, 25> kNames{"circle",
                                                  "square",
                                                  "diamond",
                                                  "cross",
                                                  "x",
                                                  "triangle-up",
                                                  "triangle-down",
                                                  "triangle-left",
                                                  "triangle-right",
                                                  "triangle-ne",
                                                  "triangle-se",
                                                  "triangle-sw",
                                                  "triangle-nw",
                                                  "pentagon",
                                                  "hexagon",
                                                  "hexagon2",
                                                  "octagon",
                                                  "star",
                                                  "hexagram",
                                                  "star-triangle-up",
                                                  "star-triangle-down",
                                                  "star-square",
                                                  "star-diamond",
                                                  "diamond-tall",
                                                  "diamond-wide"};

Outline polygon(std::initializer_list<Point> points) {
  Outline outline;
  for (const auto& p : points) outline.empty() ? outline.move_to(p) : outline.line_to(p);
  return outline.close();
}

// Corners on a circle, the first at `start` degrees clockwise from the top; every second one at `inner`.
Outline around(int corners, double radius, double start = 0, double inner = 0) {
  Outline outline;
  int steps = inner > 0 ? 2 * corners : corners;
  for (int i = 0; i < steps; ++i) {
    double turn = (start - 90) * std::numbers::pi / 180 + 2 * std::numbers::pi * i / steps;
    double r = inner > 0 && i % 2 ? inner : radius;
    Point p{r * std::cos(turn), r * std::sin(turn)};
    i == 0 ? outline.move_to(p) : outline.line_to(p);
  }
  return outline.close();
}

Outline turned(Outline outline, double degrees) {
  double c = std::cos(degrees * std::numbers::pi / 180), s = std::sin(degrees * std::numbers::pi / 180);
  for (auto& p : outline.points) p = {p.x * c - p.y * s, p.x * s + p.y * c};
  return outline;
}

Outline cross(double r) {
  double thin = r * 0.4, far = r * 1.2;
  return polygon({{far, thin},
                  {thin, thin},
                  {thin, far},
                  {-thin, far},
                  {-thin, thin},
                  {-far, thin},
                  {-far, -thin},
                  {-thin, -thin},
                  {-thin, -far},
                  {thin, -far},
                  {thin, -thin},
                  {far, -thin}});
}

Outline triangle(double r) {
  double half = 2 * r / std::sqrt(3);
  return polygon({{-half, r / 2}, {half, r / 2}, {0, -r}});
}

Outline outline_of(std::string_view name, double r) {
  if (name == "square") return polygon({{r, r}, {r, -r}, {-r, -r}, {-r, r}});
  if (name == "diamond") return polygon({{1.3 * r, 0}, {0, 1.3 * r}, {-1.3 * r, 0}, {0, -1.3 * r}});
  if (name == "diamond-tall") return polygon({{0.7 * r, 0}, {0, 1.4 * r}, {-0.7 * r, 0}, {0, -1.4 * r}});
  if (name == "diamond-wide") return polygon({{1.4 * r, 0}, {0, 0.7 * r}, {-1.4 * r, 0}, {0, -0.7 * r}});
  if (name == "cross") return cross(r);
  if (name == "x") return turned(cross(r), 45);
  if (name == "triangle-up") return triangle(r);
  if (name == "triangle-down") return turned(triangle(r), 180);
  if (name == "triangle-left") return turned(triangle(r), -90);
  if (name == "triangle-right") return turned(triangle(r), 90);
  if (name == "triangle-ne") return polygon({{-1.2 * r, -0.6 * r}, {0.6 * r, -0.6 * r}, {0.6 * r, 1.2 * r}});
  if (name == "triangle-se") return polygon({{0.6 * r, -1.2 * r}, {0.6 * r, 0.6 * r}, {-1.2 * r, 0.6 * r}});
  if (name == "triangle-sw") return polygon({{1.2 * r, 0.6 * r}, {-0.6 * r, 0.6 * r}, {-0.6 * r, -1.2 * r}});
  if (name == "triangle-nw") return polygon({{-0.6 * r, 1.2 * r}, {-0.6 * r, -0.6 * r}, {1.2 * r, -0.6 * r}});
  if (name == "pentagon") return around(5, r);
  if (name == "hexagon") return around(6, r);
  if (name == "hexagon2") return around(6, r, 30);
  if (name == "octagon") return around(8, r, 22.5);
  if (name == "star") return around(5, 1.4 * r, 0, 0.54 * r);
  if (name == "hexagram") return around(6, 1.33 * r, 0, 0.76 * r);
  if (name == "star-triangle-up") return around(3, 1.6 * r, 0, 0.5 * r);
  if (name == "star-triangle-down") return around(3, 1.6 * r, 180, 0.5 * r);
  if (name == "star-square") return around(4, 1.5 * r, 45, 0.6 * r);
  if (name == "star-diamond") return around(4, 1.4 * r, 0, 0.6 * r);
  return Outline().circle({}, r);
}

}  // namespace

Symbol symbol_of(std::string_view given, double radius) {
  std::string name(given);
  Symbol symbol;
  if (auto number = to_number(boost::json::value(name))) {
    int n = static_cast<int>(*number);
    symbol.open = (n / 100) % 2 == 1;
    name = n >= 0 && n % 100 < static_cast<int>(kNames.size()) ? kNames[static_cast<std::size_t>(n % 100)]
                                                               : "circle";
  }
  for (std::string_view ending : {"-dot", "-open"})
    if (name.ends_with(ending)) {
      symbol.open |= ending == "-open";
      name.resize(name.size() - ending.size());
    }
  symbol.outline = outline_of(name, radius);
  return symbol;
}

}  // namespace rb::plot
