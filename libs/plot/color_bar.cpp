#include <algorithm>
#include <cmath>

#include "plot/furniture.hpp"
#include "plot/labels.hpp"
#include "plot/text.hpp"
#include "plot/ticks.hpp"

namespace rb::plot {
ColorBarView::ColorBarView(const Figure& figure, ColorBar bar) : figure_(figure), bar_(std::move(bar)) {
  const auto& n = bar_.node;
  upright_ = n.choice("orientation", {"v", "h"}, "v") == "v";
  font_ = n.font("tickfont", figure.style.font);
  auto title = n.child("title");
  title_ = title_of(n);
  Font base = figure.style.font;
  base.size = std::round(1.2 * font_.size);
  title_font_ = title.font("font", base);
}

void ColorBarView::lay_out(const Box& area, MarginPushes& margins) {
  const auto& n = bar_.node;
  texts_.clear();
  double along = upright_ ? area.height : area.width, across = upright_ ? area.width : area.height;
  bool of_plot = n.text("lenmode", "fraction") == "fraction";
  double length = n.number("len", 1, 0);
  auto xanchor = n.choice("xanchor", {"left", "center", "right"}, upright_ ? "left" : "center");
  auto yanchor = n.choice("yanchor", {"top", "middle", "bottom"}, upright_ ? "middle" : "bottom");
  Place place{
      .x = n.number("x", upright_ ? 1.02 : 0.5, -2, 3),
      .y = n.number("y", upright_ ? 0.5 : 1.02, -2, 3),
      .at = {},
      .thick = n.number("thickness", 30, 0) * (n.text("thicknessmode", "pixels") == "fraction" ? across : 1),
      .length = length * (of_plot ? along : 1),
      .reach = of_plot ? length : length / area.height,
      .pad = {n.number("xpad", 10, 0), n.number("ypad", 10, 0)},
      .left = share_before(xanchor),
      .top = share_before(yanchor)};
  place.at = {area.x + area.width * place.x, area.y + area.height * (1 - place.y)};
  if (upright_)
    stand(place, margins);
  else
    lie(place, margins);
}

void ColorBarView::stand(const Place& p, MarginPushes& margins) {
  auto side = bar_.node.child("title").choice("side", {"right", "top", "bottom"}, "top");
  bool above = side == "top" && !title_.empty(), beside = side == "right" && !title_.empty();
  auto title = above ? measure(title_, title_font_) : TextSize{.width = 0, .height = 0};
  double upper = p.at.y - p.length * p.top + p.pad.y, lower = p.at.y + p.length * (1 - p.top) - p.pad.y;
  box_ = {std::round(p.at.x + p.pad.x), upper, p.thick, std::max(1.0, lower - upper)};
  if (above) box_.y += title.height + 5, box_.height = std::max(1.0, box_.height - title.height - 5);
  place_labels(box_.y, box_.height);
  double widest = 0;
  for (const auto& t : texts_) widest = std::max(widest, t.box.width + 1);
  double width = std::max(p.thick + widest, title.width) + 2 * p.pad.x;
  if (beside) width += 1.5 * title_font_.size;
  double shift = -p.left * width;
  box_.x += shift;
  for (auto& t : texts_) t.at.x += shift;
  if (above)
    texts_.push_back(
        {.markup = title_, .font = title_font_, .at = {box_.x, upper + 3 + 0.75 * title_font_.size}});
  if (beside)
    texts_.push_back({.markup = title_,
                      .font = title_font_,
                      .at = {box_.x + p.thick + widest + title_font_.size, box_.center().y},
                      .horizontal = Text::Horizontal::middle,
                      .angle = 90});
  margins.list.push_back({p.x, p.x, p.y - p.reach * (1 - p.top), p.y + p.reach * p.top, width * p.left,
                          width * (1 - p.left), 0, 0});
}

void ColorBarView::lie(const Place& p, MarginPushes& margins) {
  double title = title_.empty() ? 0 : measure(title_, title_font_).height;
  double height = p.thick + 2 * p.pad.y + font_.size * 1.5 + title;
  box_ = {p.at.x - p.length * p.left + p.pad.x, p.at.y - height * p.top + p.pad.y + title,
          std::max(1.0, p.length - 2 * p.pad.x), p.thick};
  place_labels(box_.x, box_.width);
  if (!title_.empty())
    texts_.push_back({.markup = title_,
                      .font = title_font_,
                      .at = {box_.center().x, box_.y - 5},
                      .horizontal = Text::Horizontal::middle});
  margins.list.push_back({p.x, p.x, p.y, p.y, 0, 0, height * (1 - p.top), height * p.top});
}

void ColorBarView::place_labels(double from, double length) {
  if (!bar_.node.flag("showticklabels", true)) return;
  Axis axis(bar_.node);
  axis.id = upright_ ? "y" : "x";
  axis.range = {bar_.least, bar_.most};
  axis.offset = from, axis.length = length;
  bool ticks = bar_.node.text("ticks", "") == "outside";
  double gap = bar_.node.number("outlinewidth", 1, 0) / 2 +
               (ticks ? bar_.node.number("ticklen", 5, 0) + 0.2 * font_.size : 0.5);
  for (const auto& tick : find_ticks(axis, font_.size, locale_for(figure_.style)).list) {
    Text text{.markup = tick.text, .font = font_};
    double along = axis.pixel(tick.value);
    if (upright_)
      text.at = {box_.right() + gap, along + 0.35 * font_.size};
    else
      text.at = {along, box_.bottom() + gap + font_.size}, text.horizontal = Text::Horizontal::middle;
    text.box = text_box(text);
    texts_.push_back(std::move(text));
  }
}

void ColorBarView::paint(Scene& scene) const {
  double along = upright_ ? box_.height : box_.width;
  int parts = std::clamp(static_cast<int>(along / 2), 2, 255);
  for (int i = 0; i < parts; ++i) {
    double a = std::round(along * i / parts), b = std::round(along * (i + 1) / parts);
    Shape part{.fill = bar_.scale.at((i + 0.5) / parts), .crisp = true};
    part.outline.rectangle(upright_ ? Box{box_.x, std::round(box_.bottom()) - b, box_.width, b - a}
                                    : Box{std::round(box_.x) + a, box_.y, b - a, box_.height});
    scene.add(std::move(part));
  }
  Shape edge{
      .stroke = {bar_.node.color("outlinecolor", default_line), bar_.node.number("outlinewidth", 1, 0)},
      .crisp = true};
  edge.outline.rectangle(box_);
  scene.add(std::move(edge));
  for (const auto& text : texts_) scene.add(text);
}

}  // namespace rb::plot
