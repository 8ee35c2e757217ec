#include "plot/pie.hpp"

#include <algorithm>
#include <numbers>
#include <set>

#include "plot/angular_label.hpp"
#include "plot/coloring.hpp"

namespace rb::plot {
namespace {

constexpr double kDegrees = 180 / std::numbers::pi;

Outline slice_outline(const Pie& pie, const Slice& slice) {
  auto pulled = on_circle(pie.radius * slice.pull, slice.middle);
  Point center{pie.center.x + pulled.x, pie.center.y + pulled.y};
  double from = slice.start * kDegrees - 90, to = slice.stop * kDegrees - 90;
  double inner = pie.radius * pie.hole;
  if (slice.value == pie.total) from = 0, to = 360;
  return ring_part(center, inner, pie.radius, from, to);
}

// From the rim to a label that had to move.
Outline leader(const Pie& pie, const Slice& slice, const PieLabel& label) {
  auto rim = on_circle(pie.radius * (1 + slice.pull), slice.middle);
  Point start{pie.center.x + rim.x, pie.center.y + rim.y};
  double y = label.at.y + label.shift.y;
  double side = rim.x < 0 ? -1 : 1;
  Outline out;
  out.move_to(start);
  if (label.shift.x != 0) return out.line_to({label.at.x + label.shift.x - side * (label.width / 2 + 2), y});
  return out.line_to({start.x, y}).line_to({start.x + side * label.height / 4, y});
}

class Pies : public Part {
 public:
  Pies(const Figure& figure, std::span<const TraceInput> traces) : figure_(figure) {
    for (const auto& trace : traces) pies_.push_back(read_pie(figure, trace));
    color_slices(figure, pies_);
  }

  void legend(std::vector<LegendItem>& items) const override {
    std::set<std::string> seen;
    for (const auto& pie : pies_) {
      if (!pie.input.node.flag("showlegend", true)) continue;
      for (const auto& slice : pie.slices) {
        if (!seen.insert(slice.label).second) continue;
        auto color = slice.color;
        items.push_back({.name = slice.label,
                         .symbol =
                             [color](Scene& scene, Point at) {
                               Shape square{.fill = color};
                               square.outline.rectangle({at.x - 6, at.y - 6, 12, 12});
                               scene.add(std::move(square));
                             },
                         .rank = pie.input.node.number("legendrank", 1000),
                         .group = pie.input.node.text("legendgroup", ""),
                         .trace = pie.input.index,
                         .dimmed = slice.hidden});
      }
    }
  }

  void paint(const Canvas& canvas) const override {
    auto pies = pies_;
    std::vector<Box> domains;
    domains.reserve(pies.size());
    for (const auto& pie : pies) domains.push_back(domain_box(figure_, pie.input.node, canvas.area));
    lay_out(pies, domains);
    for (std::size_t i = 0; i < pies.size(); ++i) paint_pie(canvas.scene, pies[i], domains[i]);
  }

 private:
  bool is_cut(const PieLabel& label) const {
    double x = label.at.x + label.shift.x;
    return label.outside && (x - label.width / 2 < 0 || x + label.width / 2 > figure_.size.width);
  }

  void paint_pie(Scene& scene, Pie& pie, const Box& domain) const {
    auto labels = place_labels(pie, figure_);
    // Long labels outside need room within the picture.
    for (int tries = 0;
         tries < 5 && std::ranges::any_of(labels, [&](auto& l) { return is_cut(l); }); ++tries) {
      pie.radius *= 0.88;
      labels = place_labels(pie, figure_);
    }
    auto line = pie.input.node.child("marker").child("line");
    double opacity = pie.input.node.number("opacity", 1, 0, 1);
    for (std::size_t i = 0; i < pie.slices.size(); ++i) {
      const auto& slice = pie.slices[i];
      if (slice.hidden || pie.total <= 0) continue;
      Shape shape{.outline = slice_outline(pie, slice), .fill = fade(slice.color, opacity), .even_odd = true};
      shape.stroke = {.color = color_at(line, "color", slice.rows.front(), default_line),
                      .width = number_at(line, "width", slice.rows.front(), 0),
                      .join = Stroke::Join::round};
      scene.add(std::move(shape));
    }
    for (std::size_t i = 0; i < pie.slices.size(); ++i) paint_label(scene, pie, pie.slices[i], labels[i]);
    paint_title(scene, pie, domain);
  }

  static void paint_label(Scene& scene, const Pie& pie, const Slice& slice, const PieLabel& label) {
    auto font = label.font;
    font.size *= label.scale;
    if (font.size < smallest_text) return;
    if (label.shift != Point{}) {
      Shape line{.outline = leader(pie, slice, label)};
      line.stroke = {.color = font.color, .width = std::min(2.0, font.size / 8)};
      scene.add(std::move(line));
    }
    scene.add(Text{.markup = slice.text,
                   .font = font,
                   .at = {label.at.x + label.shift.x, label.at.y + label.shift.y},
                   .horizontal = Text::Horizontal::middle,
                   .vertical = Text::Vertical::middle,
                   .angle = label.angle});
  }

  static void paint_title(Scene& scene, const Pie& pie, const Box& domain) {
    if (pie.title.empty()) return;
    Text text{.markup = pie.title, .font = pie.title_font, .at = pie.center};
    text.horizontal = Text::Horizontal::middle;
    text.vertical = Text::Vertical::middle;
    double reach = (1 + pie.max_pull) * pie.radius, room = domain.width;
    if (pie.title_position == "middle center") {
      room = pie.hole * pie.radius * 2 * pie.title_size.width /
             std::hypot(pie.title_size.width, pie.title_size.height);
    } else {
      bool top = pie.title_position.starts_with("top");
      text.at.y += top ? -reach : reach;
      text.vertical = top ? Text::Vertical::bottom : Text::Vertical::top;
      if (pie.title_position.ends_with("left"))
        text.horizontal = Text::Horizontal::start, text.at.x -= reach, room = domain.width / 2 + pie.radius;
      if (pie.title_position.ends_with("right"))
        text.horizontal = Text::Horizontal::end, text.at.x += reach, room = domain.width / 2 + pie.radius;
    }
    text.font.size *= std::min(1.0, room / std::max(pie.title_size.width, 1.0));
    scene.add(std::move(text));
  }

  const Figure& figure_;
  std::vector<Pie> pies_;
};

}  // namespace

Parts make_pies(const Figure& figure, std::span<const TraceInput> traces) {
  Parts out;
  if (!traces.empty()) out.push_back(std::make_unique<Pies>(figure, traces));
  return out;
}

}  // namespace rb::plot
