#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "plot/furniture.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

double shift_of(const std::string& anchor, double at, const char* low, const char* high) {
  auto a = anchor == "auto" ? (at < 1.0 / 3 ? low : at > 2.0 / 3 ? high : "middle") : anchor;
  return a == low ? 0.5 : a == high ? -0.5 : 0;
}

// An annotation's text in its frame, and where its arrow begins and ends relative to the place it speaks of.
struct Note {
  const Figure& figure;
  Node node;
  bool arrow = node.flag("showarrow", true);
  Font font = node.font("font", figure.style.font);
  std::string markup = node.text("text", "");
  double border = node.number("borderwidth", 1, 0), pad = node.number("borderpad", 1, 0);
  double angle = node.number("textangle", 0);
  double arrow_width = node.number("arrowwidth", 2, 0.1), arrow_size = node.number("arrowsize", 1, 0.3);
  Point tail{node.number("ax", -10), node.number("ay", -30)};
  std::string xref = node.text("xref", "x"), yref = node.text("yref", "y");

  bool tail_in_pixels() const { return node.text("axref", "pixel") == "pixel"; }

  Size size() const {
    auto text = measure(markup, font);
    double around = 2 * (border + pad), turn = angle * std::numbers::pi / 180;
    double w = std::max(text.width, node.number("width", 0)) + around, h = text.height + around;
    return {w * std::abs(std::cos(turn)) + h * std::abs(std::sin(turn)),
            w * std::abs(std::sin(turn)) + h * std::abs(std::cos(turn))};
  }

  // From the place to the middle of the text.
  Point text_shift() const {
    auto s = size();
    auto align = [&](const std::string& ref, const char* at) {
      return arrow || ref != "paper" ? 0.5 : node.number(at, 0.5);
    };
    Point shift{s.width * shift_of(node.text("xanchor", "auto"), align(xref, "x"), "left", "right"),
                s.height * shift_of(node.text("yanchor", "auto"), 1 - align(yref, "y"), "top", "bottom")};
    if (arrow) shift.x += tail.x, shift.y += tail.y;
    return shift;
  }
};

std::vector<Note> notes(const Figure& figure) {
  std::vector<Note> list;
  const boost::json::value* behind = figure.layout.behind("annotationdefaults");
  for (auto& node : figure.layout.children("annotations", behind))
    if (node.flag("visible", true)) list.push_back({figure, node});
  return list;
}

struct Head {
  std::vector<Point> corners;
  double reach;  // beyond the end of the line
};

Head head_of(int kind) {
  switch (kind) {
    case 0:
      return {{}, 0};
    case 2:
      return {{{-3.7, -2.5}, {-3.7, 2.5}, {1.3, 0}}, 1.3};
    case 3:
      return {{{-4.45, -3}, {-1.65, -0.2}, {-1.65, 0.2}, {-4.45, 3}, {1.55, 0}}, 1.55};
    case 4:
      return {{{-2.2, -2.2}, {-0.2, -0.2}, {-0.2, 0.2}, {-2.2, 2.2}, {-1.4, 3}, {1.6, 0}, {-1.4, -3}}, 1.6};
    case 5:
      return {{{-4.4, -2.1}, {-0.6, -0.2}, {-0.6, 0.2}, {-4.4, 2.1}, {-4, 3}, {2, 0}, {-4, -3}}, 2};
    case 7:
      return {{{2, 2}, {2, -2}, {-2, -2}, {-2, 2}}, 0};
    default:
      return {{{-2.4, -3}, {-2.4, 3}, {0.6, 0}}, 0.6};
  }
}

void paint_arrow(const Note& note, Point head, Point tail, const Box& text, Scene& scene) {
  // The line begins where it leaves the text's frame.
  double dx = head.x - tail.x, dy = head.y - tail.y, length = std::hypot(dx, dy);
  double leave = 0;
  if (tail.x >= text.x && tail.x <= text.right() && tail.y >= text.y && tail.y <= text.bottom()) {
    double tx = dx > 0 ? (text.right() - tail.x) / dx : dx < 0 ? (text.x - tail.x) / dx : HUGE_VAL;
    double ty = dy > 0 ? (text.bottom() - tail.y) / dy : dy < 0 ? (text.y - tail.y) / dy : HUGE_VAL;
    leave = std::min(tx, ty) * length;
  }
  double scale = note.arrow_width * note.arrow_size, stop = length - note.node.number("standoff", 0, 0);
  if (!(stop > leave)) return;
  Color color =
      fade(note.node.color("arrowcolor",
                           note.node.has("bordercolor") ? note.node.color("bordercolor", {}) : default_line),
           note.node.number("opacity", 1, 0, 1));
  int kind = static_cast<int>(note.node.number("arrowhead", 1, 0, 8));
  bool at_end = note.node.flagged("arrowside", "end", {"end", "start"}, {"none"}, "end");
  auto shape = head_of(at_end ? kind : 0);
  double ux = dx / length, uy = dy / length, line_end = std::max(leave, stop - shape.reach * scale);
  auto along = [&](double d) { return Point{tail.x + ux * d, tail.y + uy * d}; };
  Shape line{.stroke = {color, note.arrow_width}};
  line.outline.move_to(along(leave)).line_to(along(line_end));
  scene.add(std::move(line));
  Shape tip{.fill = color};
  auto end = along(line_end);
  if (at_end && kind == 6) tip.outline.circle(end, 2 * scale);
  for (auto p : shape.corners) {
    Point q{end.x + (p.x * ux - p.y * uy) * scale, end.y + (p.x * uy + p.y * ux) * scale};
    tip.outline.empty() ? tip.outline.move_to(q) : tip.outline.line_to(q);
  }
  if (!tip.outline.empty()) scene.add(std::move(tip));
}

void paint_frame(const Note& note, const Box& frame, Scene& scene) {
  Color back = note.node.color("bgcolor", invisible), edge = note.node.color("bordercolor", invisible);
  if (back.a == 0 && edge.a == 0) return;
  double opacity = note.node.number("opacity", 1, 0, 1);
  Shape shape{.fill = fade(back, opacity), .stroke = {fade(edge, opacity), note.border}};
  shape.outline.rectangle({frame.x + note.border / 2, frame.y + note.border / 2, frame.width - note.border,
                           frame.height - note.border});
  scene.add(std::move(shape));
}

void paint_text(const Note& note, Point middle, Scene& scene) {
  if (note.markup.empty()) return;
  Text text{.markup = note.markup,
            .font = note.font,
            .at = middle,
            .horizontal = Text::Horizontal::middle,
            .vertical = Text::Vertical::middle,
            .angle = note.angle};
  auto align = note.node.choice("align", {"left", "center", "right"}, "center");
  if (note.angle == 0 && align != "center") {
    text.horizontal = align == "left" ? Text::Horizontal::start : Text::Horizontal::end;
    text.at.x += (align == "left" ? -0.5 : 0.5) * measure(note.markup, note.font).width;
  }
  text.font.color = fade(text.font.color, note.node.number("opacity", 1, 0, 1));
  scene.add(std::move(text));
}

void paint_note(const Note& note, const Refs& refs, Scene& scene) {
  auto place = [&](const char* name, const std::string& ref, bool x) {
    auto* value = note.node.find(name);
    return value ? refs.pixel(ref, *value, x, true) : NAN;
  };
  Point at{place("x", note.xref, true), place("y", note.yref, false)};
  if (!std::isfinite(at.x) || !std::isfinite(at.y)) return;
  auto beyond = [&](const std::string& ref, double pixel) {
    auto* axis = refs.cartesian.find(ref);
    return axis && (pixel < axis->offset - 1 || pixel > axis->offset + axis->length + 1);
  };
  if (beyond(note.xref, at.x) || beyond(note.yref, at.y)) return;
  at.x += note.node.number("xshift", 0), at.y -= note.node.number("yshift", 0);
  auto shift = note.text_shift();
  Point tail{at.x + note.tail.x, at.y + note.tail.y}, middle{at.x + shift.x, at.y + shift.y};
  if (note.arrow && !note.tail_in_pixels()) {
    tail = {place("ax", note.node.text("axref", "x"), true),
            place("ay", note.node.text("ayref", "y"), false)};
    if (!std::isfinite(tail.x + tail.y)) return;
    middle = {tail.x + shift.x - note.tail.x, tail.y + shift.y - note.tail.y};
  }
  auto size = note.size();
  // A text never leaves the picture.
  middle.x = std::clamp(middle.x, std::min(size.width, scene.size.width) / 2,
                        std::max(size.width, scene.size.width * 2 - size.width) / 2);
  Box frame{middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height};
  if (note.arrow) paint_arrow(note, at, tail, frame, scene);
  paint_frame(note, frame, scene);
  paint_text(note, middle, scene);
}

}  // namespace

double Refs::pixel(const std::string& ref, const boost::json::value& value, bool x, bool logarithms) const {
  auto number = to_number(value);
  auto within = [&](double offset, double length) {
    if (!number) return std::nan("");
    return x ? offset + *number * length : offset + (1 - *number) * length;
  };
  if (ref == "paper") return x ? within(area.x, area.width) : within(area.y, area.height);
  auto space = ref.find(' ');
  auto* axis = cartesian.find(ref.substr(0, space));
  if (!axis || axis->is_x() != x) return x ? within(area.x, area.width) : within(area.y, area.height);
  if (space != ref.npos) return within(axis->offset, axis->length);
  if (axis->kind == AxisKind::log && logarithms) return number ? axis->pixel(*number) : NAN;
  double at = axis->linear(axis->coordinate(value, true));
  if (!std::isfinite(at) && axis->kind == AxisKind::category && number) at = *number;
  return axis->pixel(at);
}

void make_room_for_annotations(const Figure& figure, Cartesian& cartesian) {
  for (const auto& note : notes(figure)) {
    auto size = note.size();
    auto shift = note.text_shift();
    double head = note.arrow ? 3 * note.arrow_size * note.arrow_width : 0;
    auto room = [&](const char* name, const std::string& ref, double half, double offset, double moved) {
      auto* axis = cartesian.find(ref);
      auto* value = note.node.find(name);
      if (!axis || !value) return;
      double at = axis->kind == AxisKind::log ? axis->unlinear(to_number(*value).value_or(NAN))
                                              : axis->coordinate(*value, true);
      if (!std::isfinite(at)) at = to_number(*value).value_or(NAN);
      double up = half + offset, down = half - offset;
      if (!axis->is_x()) std::swap(up, down);
      make_room(*axis, at, {.low = std::max(down - moved, head), .high = std::max(up + moved, head)});
    };
    room("x", note.xref, size.width / 2, note.tail_in_pixels() ? shift.x : 0, note.node.number("xshift", 0));
    room("y", note.yref, size.height / 2, note.tail_in_pixels() ? shift.y : 0, note.node.number("yshift", 0));
  }
}

void paint_annotations(const Figure& figure, const Refs& refs, Scene& scene) {
  for (const auto& note : notes(figure)) paint_note(note, refs, scene);
}

}  // namespace rb::plot
