#include "plot/spacing.hpp"

#include <algorithm>
#include <cmath>

#include "plot/path.hpp"
#include "plot/shaping.hpp"

namespace rb::plot {
namespace {

constexpr double kMostMoved = 4, kTextGap = 0.5;  // pixels
constexpr std::size_t kMostTexts = 400;           // of a scene: pairs of them are looked at

struct Inked {
  Text* text;
  Box box;
};

Box ink_of(const Text& text) {
  auto shaped = shape(text.markup, text.font);
  if (shaped->lines.size() != 1 || !shaped->lines[0].layout) return {};
  const auto& line = shaped->lines[0];
  PangoRectangle ink;
  pango_layout_get_pixel_extents(line.layout.get(), &ink, nullptr);
  return {text.at.x - line.width * part_before(text.horizontal) + ink.x,
          text.at.y + first_baseline(text.vertical, shaped->size) - line.baseline + ink.y,
          static_cast<double>(ink.width), static_cast<double>(ink.height)};
}

void move(Inked& inked, double down) {
  inked.box.y += down;
  inked.text->at.y += down;
  inked.text->box.y += down;
}

void separate(Inked& a, Inked& b) {
  auto& upper = a.box.center().y <= b.box.center().y ? a : b;
  auto& lower = &upper == &a ? b : a;
  bool beside = a.box.right() <= b.box.x || b.box.right() <= a.box.x;
  double depth = upper.box.bottom() - lower.box.y;
  if (beside || depth <= 0 || depth > kMostMoved) return;
  move(upper, -(depth + kTextGap) / 2);
  move(lower, (depth + kTextGap) / 2);
}

}  // namespace

void space_texts(Scene& scene) {
  std::vector<Inked> texts;
  for (auto& item : scene.items) {
    auto* text = std::get_if<Text>(&item);
    if (text == nullptr || text->angle != 0) continue;
    auto box = ink_of(*text);
    if (box.width > 0) texts.push_back({text, box});
    if (texts.size() > kMostTexts) return;
  }
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = i + 1; j < texts.size(); ++j) separate(texts[i], texts[j]);
}

}  // namespace rb::plot
