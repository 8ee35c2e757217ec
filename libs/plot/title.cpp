#include <algorithm>
#include <cmath>

#include "plot/furniture.hpp"
#include "plot/labels.hpp"
#include "plot/text.hpp"

namespace rb::plot {

Title::Title(const Figure& figure) : figure_(figure), node_(figure.layout.child("title")) {
  markup_ = title_of(figure.layout);
  Font base = figure.style.font;
  base.size = std::round(1.4 * base.size);
  font_ = node_.font("font", figure.layout.font("titlefont", base));
  auto subtitle = node_.child("subtitle");
  subtitle_ = subtitle.text("text", "");
  base.size = std::round(0.7 * font_.size);
  subtitle_font_ = subtitle.font("font", base);
}

void Title::lay_out(const Box& area, MarginPushes& margins) {
  texts_.clear();
  if (markup_.empty() && subtitle_.empty()) return;
  bool paper_x = node_.choice("xref", {"container", "paper"}, "container") == "paper";
  bool paper_y = node_.choice("yref", {"container", "paper"}, "container") == "paper";
  double x = node_.number("x", 0.5, 0, 1);
  auto pad = node_.child("pad");
  Text text{.markup = markup_, .font = font_};
  auto anchor = node_.choice("xanchor", {"auto", "left", "center", "right"}, "auto");
  if (anchor == "auto") anchor = x < 1.0 / 3 ? "left" : x > 2.0 / 3 ? "right" : "center";
  text.horizontal = anchor == "left"    ? Text::Horizontal::start
                    : anchor == "right" ? Text::Horizontal::end
                                        : Text::Horizontal::middle;
  double shift = anchor == "left" ? pad.number("l", 0) : anchor == "right" ? -pad.number("r", 0) : 0;
  text.at.x = (paper_x ? area.x + area.width * x : figure_.size.width * x) + shift;

  auto* given = node_.find("y");
  auto y = given && !given->is_string() ? node_.number("y") : std::nullopt;
  auto vertical = node_.choice("yanchor", {"auto", "top", "middle", "bottom"}, "auto");
  bool on_baseline = vertical == "auto" && !y;  // in the middle of the margin
  if (vertical == "auto")
    vertical = !y ? "middle" : *y < 1.0 / 3 ? "bottom" : *y > 2.0 / 3 ? "top" : "middle";
  double down = vertical == "top"      ? 0.7 * font_.size + pad.number("t", 0)
                : vertical == "middle" ? 0.35 * font_.size
                                       : -pad.number("b", 0);
  if (on_baseline) down = 0;
  double base = !y ? area.y / 2 : paper_y ? area.bottom() - area.height * *y : figure_.size.height * (1 - *y);
  text.at.y = base + down;
  text.box = text_box(text);
  // What the figure wrote stays in the picture.
  if (text.box.y < 0) text.at.y -= text.box.y;
  text.box = text_box(text);
  if (!markup_.empty()) texts_.push_back(text);
  if (!subtitle_.empty()) {
    text.markup = subtitle_, text.font = subtitle_font_;
    text.at.y = text.box.bottom() + 1.6 * subtitle_font_.size;
    text.box = text_box(text);
    texts_.push_back(text);
  }
  if (node_.flag("automargin", false) && y && *y > 0.5)
    margins.reserved.top = std::max(margins.reserved.top, text.box.bottom() + pad.number("b", 0));
}

void Title::paint(Scene& scene) const {
  for (const auto& text : texts_) scene.add(text);
}

}  // namespace rb::plot
