#pragma once
// What a picture consists of: shapes and texts in the order they are painted. All lengths are pixels before
// the scale of the output, y grows downwards, angles are degrees clockwise. Plain data; knows nothing of
// Plotly nor Cairo.
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plot/color.hpp"

namespace rb::plot {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Size {
  double width = 0, height = 0;
  bool operator==(const Size&) const = default;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Point center() const { return {x + width / 2, y + height / 2}; }
  bool operator==(const Box&) const = default;
};

// An outline: every verb takes its points from `points` (move 1, line 1, curve 3: two controls and the end,
// close 0).
class Outline {
 public:
  enum class Verb : std::uint8_t { move, line, curve, close };

  Outline& move_to(Point p);
  Outline& line_to(Point p);
  Outline& curve_to(Point control1, Point control2, Point end);
  Outline& close();
  Outline& rectangle(const Box& box);
  Outline& circle(Point center, double radius);
  // From the angle `from` to `to` (degrees clockwise, 0 is to the right); a line leads to its start if the
  // outline has begun.
  Outline& arc(Point center, double radius, double from, double to);
  Outline& quadratic_to(Point control, Point end);  // a curve with one control point
  Outline& append(const Outline& other);

  bool empty() const { return verbs.empty(); }

  std::vector<Verb> verbs{};
  std::vector<Point> points{};
};

struct Stroke {
  enum class Cap : std::uint8_t { butt, round, square };
  enum class Join : std::uint8_t { miter, round, bevel };
  Color color = invisible;
  double width = 1;
  std::vector<double> dash{};  // lengths on, off, …; empty is solid
  Cap cap = Cap::butt;
  Join join = Join::miter;

  bool visible() const { return width > 0 && color.a > 0; }
};

struct Shape {
  Outline outline{};
  Color fill = invisible;
  Stroke stroke{};
  bool crisp = false;     // horizontal and vertical edges without antialiasing: grids, ticks, cells
  bool even_odd = false;  // fill rule; else nonzero
};

// One small outline around (0, 0) painted at many points: cheap for scatter plots.
struct Markers {
  Outline outline{};
  Color fill = invisible;
  Stroke stroke{};
  std::vector<Point> at{};
};

struct Font {
  std::string family = R"("Open Sans", verdana, arial, sans-serif)";
  double size = 12;
  Color color = default_line;
  int weight = 400;
  bool italic = false;
  bool operator==(const Font&) const = default;
};

// A text of one or more lines in Plotly's pseudo-HTML. `at` lies at the side `horizontal` says of the block
// of lines, which are aligned to the same side, and at the height `vertical` says; the text is turned about
// `at`.
struct Text {
  enum class Horizontal : std::uint8_t { start, middle, end };
  enum class Vertical : std::uint8_t { baseline, top, middle, bottom };  // baseline: of the first line
  std::string markup;
  Font font{};
  Point at{};
  Horizontal horizontal = Horizontal::start;
  Vertical vertical = Vertical::baseline;
  double angle = 0;
  Box box{};  // what the turned text covers; filled in by Scene::add
};

Box text_box(const Text& text);

// What follows until the matching Close is cut at `clip` and, painted together, made translucent.
struct Open {
  Box clip;
  double opacity = 1;
};
struct Close {};

using Item = std::variant<Shape, Markers, Text, Open, Close>;

struct Scene {
  Size size;
  Color background{255, 255, 255};
  std::string title{};        // plain text, for the file's metadata
  std::string description{};  // alternative text
  std::vector<Item> items{};

  void add(Shape shape);
  void add(Markers markers);
  void add(Text text);  // measures it: `box`
  // So many points that it will not be painted (limits.hpp): more shapes and markers are dropped.
  bool is_full() const;
  void open(const Box& clip, double opacity = 1) { items.emplace_back(Open{clip, opacity}); }
  void close() { items.emplace_back(Close{}); }

  std::size_t points = 0;  // of all shapes and markers
};

}  // namespace rb::plot
