#include <algorithm>
#include <cmath>

#include "plot/axis_view.hpp"
#include "plot/furniture.hpp"

namespace rb::plot {
namespace {

std::vector<Node> shapes(const Figure& figure) {
  std::vector<Node> list;
  for (auto& node : figure.layout.children("shapes", figure.layout.behind("shapedefaults")))
    if (node.flag("visible", true)) list.push_back(node);
  return list;
}

// An SVG path whose numbers are data: M L H V Q C Z, in capitals.
class PathReader {
 public:
  PathReader(const Node& shape, const Refs& refs)
      : shape_(shape), refs_(refs), text_(shape.text("path", "")) {}

  Outline read() {
    Outline outline;
    Point here{};
    char verb = 0;
    while (skip(), at_ < text_.size()) {
      if (std::isalpha(static_cast<unsigned char>(text_[at_]))) verb = text_[at_++];
      auto before = at_;
      if (verb == 'Z' || verb == 'z')
        outline.close(), verb = 0;
      else if (verb == 'M')
        outline.move_to(here = point());
      else if (verb == 'L')
        outline.line_to(here = point());
      else if (verb == 'H')
        here.x = number(true), outline.line_to(here);
      else if (verb == 'V')
        here.y = number(false), outline.line_to(here);
      else if (verb == 'Q') {
        Point control = point();
        here = point();
        outline.empty() ? outline.move_to(here) : outline.quadratic_to(control, here);
      } else if (verb == 'C') {
        Point a = point(), b = point();
        here = point();
        outline.curve_to(a, b, here);
      } else if (at_ == before)
        break;
      if (outline.points.size() > 10'000) break;
    }
    for (const auto& p : outline.points)
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
        shape_.wrong("path", "must be an SVG path of the commands M, L, H, V, Q, C and Z");
        return {};
      }
    if (!outline.verbs.empty() && outline.verbs[0] != Outline::Verb::move) return {};
    return outline;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == ',')) ++at_;
  }
  double number(bool x) {
    skip();
    auto from = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != ' ' &&
           (at_ == from || !std::isalpha(static_cast<unsigned char>(text_[at_])) || text_[at_] == 'e' ||
            text_[at_] == 'T'))
      ++at_;
    if (at_ == from) {
      at_ = text_.size();
      return NAN;
    }
    auto token = text_.substr(from, at_ - from);
    std::ranges::replace(token, '_', ' ');
    return refs_.pixel(shape_.text(x ? "xref" : "yref", x ? "x" : "y"), boost::json::value(token), x, false);
  }
  Point point() {
    double x = number(true);
    return {x, number(false)};
  }

  const Node& shape_;
  const Refs& refs_;
  std::string text_;
  std::size_t at_ = 0;
};

Outline outline_of(const Node& node, const Refs& refs) {
  auto type = node.choice("type", {"circle", "rect", "path", "line"}, node.has("path") ? "path" : "rect");
  if (type == "path") return PathReader(node, refs).read();
  auto place = [&](const char* name, bool x) {
    auto* value = node.find(name);
    auto ref = node.text(x ? "xref" : "yref", x ? "x" : "y");
    double base = 0;
    if ((x ? node.text("xsizemode", "scaled") : node.text("ysizemode", "scaled")) == "pixel") {
      auto* anchor = node.find(x ? "xanchor" : "yanchor");
      base = anchor ? refs.pixel(ref, *anchor, x, false) : NAN;
      double shift = value ? to_number(*value).value_or(NAN) : NAN;
      return x ? base + shift : base - shift;
    }
    return value ? refs.pixel(ref, *value, x, false) : NAN;
  };
  double x0 = place("x0", true), x1 = place("x1", true), y0 = place("y0", false), y1 = place("y1", false);
  Outline outline;
  if (!std::isfinite(x0 + x1 + y0 + y1)) return outline;
  if (type == "line") return outline.move_to({x0, y0}).line_to({x1, y1});
  Box box{std::min(x0, x1), std::min(y0, y1), std::abs(x1 - x0), std::abs(y1 - y0)};
  if (type == "rect") return outline.rectangle(box);
  outline.circle({}, 1);
  for (auto& p : outline.points)
    p = {box.center().x + p.x * box.width / 2, box.center().y + p.y * box.height / 2};
  return outline;
}

void paint_label(const Figure& figure, const Node& node, const Outline& outline, Scene& scene) {
  auto label = node.child("label");
  auto markup = label.text("text", "");
  if (markup.empty() || outline.points.empty()) return;
  auto [left, right] = std::ranges::minmax(outline.points, {}, &Point::x);
  auto [top, bottom] = std::ranges::minmax(outline.points, {}, &Point::y);
  auto position = label.text("textposition", "middle center");
  double pad = label.number("padding", 3, 0);
  bool up = position.starts_with("top"), down = position.starts_with("bottom"),
       west = position.ends_with("left"), east = position.ends_with("right");
  Text text{.markup = markup, .font = label.font("font", figure.style.font)};
  text.horizontal = west ? Text::Horizontal::start : east ? Text::Horizontal::end : Text::Horizontal::middle;
  text.vertical = up ? Text::Vertical::top : down ? Text::Vertical::bottom : Text::Vertical::middle;
  text.at = {west   ? left.x + pad
             : east ? right.x - pad
                    : (left.x + right.x) / 2,
             up     ? top.y + pad
             : down ? bottom.y - pad
                    : (top.y + bottom.y) / 2};
  if (top.y == bottom.y) text.vertical = Text::Vertical::bottom, text.at.y = top.y - pad;
  scene.add(std::move(text));
}

}  // namespace

void make_room_for_shapes(const Figure& figure, Cartesian& cartesian) {
  for (const auto& node : shapes(figure)) {
    double pad = node.child("line").number("width", 2, 0) / 2;
    for (auto [ref, first, last] : {std::tuple("xref", "x0", "x1"), {"yref", "y0", "y1"}}) {
      auto* axis = cartesian.find(node.text(ref, std::string(1, ref[0])));
      if (!axis) continue;
      for (const auto* name : {first, last})
        if (auto* value = node.find(name))
          make_room(*axis, axis->coordinate(*value, true), {.low = pad, .high = pad});
    }
  }
}

void paint_shapes(const Figure& figure, const Refs& refs, Scene& scene, bool below) {
  for (const auto& node : shapes(figure)) {
    if ((node.choice("layer", {"below", "above", "between"}, "above") != "above") != below) continue;
    Shape shape{.outline = outline_of(node, refs)};
    if (shape.outline.empty()) continue;
    auto line = node.child("line");
    double opacity = node.number("opacity", 1, 0, 1);
    bool open = node.text("type", "") == "line";
    shape.fill = open ? invisible : fade(node.color("fillcolor", invisible), opacity);
    shape.stroke = {fade(line.color("color", {0, 0, 0}), opacity), line.number("width", 2, 0)};
    add_dash(shape.stroke, line);
    // Shapes on axes do not leave their plot.
    Box clip{0, 0, scene.size.width, scene.size.height};
    if (auto* x = refs.cartesian.find(node.text("xref", "x"))) clip.x = x->offset, clip.width = x->length;
    if (auto* y = refs.cartesian.find(node.text("yref", "y"))) clip.y = y->offset, clip.height = y->length;
    auto outline = shape.outline;
    scene.open(clip);
    scene.add(std::move(shape));
    paint_label(figure, node, outline, scene);
    scene.close();
  }
}

}  // namespace rb::plot
