#include "plot/gauge.hpp"

#include <algorithm>
#include <cmath>

#include "plot/angular_label.hpp"
#include "plot/labels.hpp"
#include "plot/nice.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kTickLength = 5, kMargins = 160;  // left and right of all plots, by default

struct Band {
  double from, to, thickness;
  Color fill;
  Stroke stroke;
};

Stroke line_of(const Node& node, Color color, double width) {
  auto line = node.child("line");
  return {.color = line.color("color", color), .width = line.number("width", width, 0)};
}

std::vector<Band> bands_of(const Gauge& gauge, const Style& style, double bar_thickness) {
  const auto& node = gauge.node;
  std::vector<Band> out{{gauge.from, gauge.to, 1, node.color("bgcolor", style.paper), {}}};
  for (const auto& step : node.children("steps")) {
    auto range = step.numbers("range");
    if (range.size() < 2) continue;
    out.push_back({range[0], range[1], step.number("thickness", 1, 0, 1), step.color("color", invisible),
                   line_of(step, default_line, 0)});
  }
  auto bar = node.child("bar");
  if (gauge.value)
    out.push_back({gauge.from, *gauge.value, bar.number("thickness", bar_thickness, 0, 1),
                   bar.color("color", {0, 128, 0}), line_of(bar, default_line, 0)});
  auto threshold = node.child("threshold");
  if (auto at = threshold.number("value"))
    out.push_back({*at, *at, threshold.number("thickness", 0.85, 0, 1), invisible,
                   line_of(threshold, default_line, 1)});
  out.push_back(
      {gauge.from,
       gauge.to,
       1,
       invisible,
       {.color = node.color("bordercolor", default_line), .width = node.number("borderwidth", 1, 0)}});
  return out;
}

struct GaugeTick {
  double value;
  std::string text;
};

std::vector<GaugeTick> ticks_of(const Gauge& gauge, const Style& style, double length) {
  auto axis = gauge.node.child("axis");
  auto locale = locale_for(style);
  std::vector<GaugeTick> out;
  if (!axis.flag("visible", true)) return out;
  bool labelled = axis.flag("showticklabels", true);
  double parts = axis.number("nticks", 0, 0);
  double step = number_if(axis, "dtick")
                    .value_or(nice_step(gauge.to - gauge.from, parts > 0 ? parts : parts_of(length)));
  double largest = std::max(std::abs(gauge.from), std::abs(gauge.to));
  if (const auto* values = axis.array("tickvals")) {
    for (std::size_t i = 0; i < values->size(); ++i) {
      auto value = to_number((*values)[i]);
      if (!value || (*value - gauge.from) * (*value - gauge.to) > 0) continue;
      auto text = text_at(axis, "ticktext", i);
      out.push_back({*value, text.empty() ? axis_number(*value, step, largest, locale) : text});
    }
  } else {
    for (auto value : ticks_within(gauge.from, gauge.to, step))
      out.push_back({value, tick_text(axis, value, step, largest, locale)});
  }
  if (!labelled)
    for (auto& tick : out) tick.text.clear();
  return out;
}

// Degrees clockwise from the right, as Outline wants them: the ring begins at the left.
double angle_of(const Gauge& gauge, double value) {
  if (gauge.from == gauge.to) return 180;
  return 180 + 180 * std::clamp((value - gauge.from) / (gauge.to - gauge.from), 0.0, 1.0);
}

struct Ring {
  Point center;
  double outer;

  Outline band(const Gauge& gauge, const Band& band) const {
    double inner = outer * kInnerRadius, middle = (inner + outer) / 2,
           half = (outer - inner) / 2 * band.thickness;
    return ring_part(center, middle - half, middle + half, angle_of(gauge, band.from),
                     angle_of(gauge, band.to));
  }
};

}  // namespace

double paint_ring(Scene& scene, const Figure& figure, const Gauge& gauge, const Box& domain) {
  double radius = std::max(0.0, std::min(domain.width / 2, domain.height));
  Ring ring{{domain.center().x, domain.center().y + radius / 2}, radius};
  auto axis = gauge.node.child("axis");
  auto font = axis.font("tickfont", figure.style.font);
  double top = ring.center.y - radius;
  auto marks = tick_marks(axis);
  for (const auto& tick : ticks_of(gauge, figure.style, figure.size.width - kMargins)) {
    double angle = angle_of(gauge, tick.value);
    paint_rim_tick(scene, ring.center, radius, angle, marks);
    if (tick.text.empty()) continue;
    auto label = rim_label(tick.text, font, ring.center, radius, angle, marks);
    top = std::min(top, label.at.y - measure(tick.text, font).ascent);
    scene.add(std::move(label));
  }
  for (const auto& band : bands_of(gauge, figure.style, 0.5))
    scene.add(Shape{.outline = ring.band(gauge, band), .fill = band.fill, .stroke = band.stroke});
  return top;
}

void paint_bullet(Scene& scene, const Figure& figure, const Gauge& gauge, const Box& bar) {
  auto at = [&](double value) {
    double part = gauge.from == gauge.to ? 0 : (value - gauge.from) / (gauge.to - gauge.from);
    return bar.x + bar.width * std::clamp(part, 0.0, 1.0);
  };
  for (const auto& band : bands_of(gauge, figure.style, 0.25)) {
    Shape shape{.fill = band.fill, .stroke = band.stroke};
    double height = bar.height * band.thickness, x = at(band.from);
    shape.outline.rectangle({x, bar.center().y - height / 2, at(band.to) - x, height});
    scene.add(std::move(shape));
  }
  auto axis = gauge.node.child("axis");
  auto font = axis.font("tickfont", figure.style.font);
  for (const auto& tick : ticks_of(gauge, figure.style, bar.width)) {
    Shape mark{.crisp = true};
    mark.outline.move_to({at(tick.value), bar.bottom()})
        .line_to({at(tick.value), bar.bottom() + kTickLength});
    mark.stroke = {.color = axis.color("tickcolor", default_line), .width = axis.number("tickwidth", 1, 0)};
    scene.add(std::move(mark));
    if (tick.text.empty()) continue;
    scene.add(Text{.markup = tick.text,
                   .font = font,
                   .at = {at(tick.value), bar.bottom() + kTickLength + 0.2 * font.size},
                   .horizontal = Text::Horizontal::middle,
                   .vertical = Text::Vertical::top});
  }
}

}  // namespace rb::plot
