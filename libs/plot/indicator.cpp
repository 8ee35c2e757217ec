// Indicators: a large number, its change, a gauge. Sizes follow plotly.js: numbers are 80 pixels high and
// shrink to fit.
#include <algorithm>
#include <cmath>

#include "plot/gauge.hpp"
#include "plot/labels.hpp"
#include "plot/nice.hpp"
#include "plot/text.hpp"

namespace rb::plot {
namespace {

constexpr double kNumberSize = 80, kTitlePad = 5, kBulletPad = 0.025, kBulletNumber = 0.25, kBulletParts = 9;

// A text whose baseline begins at `shift` from the block's origin.
struct Piece {
  std::string text;
  Font font;
  TextSize size{};
  Point shift{};
};

struct Extent {
  double left = 0, right = 0, top = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

double part_of(std::string_view align) { return align == "left" ? 0 : align == "right" ? 1 : 0.5; }

Text::Horizontal anchor_of(double part) {
  return part == 0 ? Text::Horizontal::start : part == 1 ? Text::Horizontal::end : Text::Horizontal::middle;
}

class Indicator : public Part {
 public:
  Indicator(const Figure& figure, const TraceInput& input) : figure_(figure), node_(input.node) {
    auto has = [&](std::string_view flag) {
      return node_.flagged("mode", flag, {"number", "delta", "gauge"}, {}, "number");
    };
    has_number_ = has("number");
    has_delta_ = has("delta");
    has_gauge_ = has("gauge");
    value_ = node_.number("value");
    auto gauge = node_.child("gauge");
    is_bullet_ = has_gauge_ && gauge.choice("shape", {"angular", "bullet"}, "angular") == "bullet";
    auto range = gauge.child("axis").numbers("range");
    if (has_gauge_ && range.size() == 2)
      from_ = range[0], to_ = range[1];
    else
      to_ = value_ ? 1.5 * *value_ : 1;
    align_ = has_gauge_ && !is_bullet_
                 ? 0.5
                 : part_of(node_.choice("align", {"left", "center", "right"}, "center"));
    make_pieces();
  }

  void paint(const Canvas& canvas) const override {
    auto domain = domain_box(figure_, node_, canvas.area);
    Gauge gauge{node_.child("gauge"), from_, to_, value_};
    double radius = std::min(domain.width / 2, domain.height);
    bool is_ring = has_gauge_ && !is_bullet_;
    double top = domain.center().y - radius / 2;
    Point at{domain.x + align_ * domain.width, domain.center().y};
    double scale = std::min(domain.width / extent_.width(), domain.height / extent_.height());
    if (is_ring) {
      at = {domain.center().x, domain.center().y + radius / 2};
      scale = 0.9 * kInnerRadius * radius / std::hypot(extent_.width() / 2, extent_.height());
      top = paint_ring(canvas.scene, figure_, gauge, domain);
    }
    if (is_bullet_) {
      bool numbers = has_number_ || has_delta_;
      auto bar = domain;
      if (numbers) bar.width *= 1 - kBulletNumber;
      paint_bullet(canvas.scene, figure_, gauge, bar);
      double start = 1 - kBulletNumber + kBulletPad;
      at.x = domain.x + (start + (1 - start) * align_) * domain.width;
      scale = std::min((kBulletNumber - kBulletPad) * domain.width / extent_.width(),
                       domain.height / extent_.height());
    }
    double numbers_top = paint_numbers(canvas.scene, at, scale, is_ring);
    paint_title(canvas.scene, domain, has_gauge_ ? top : numbers_top);
  }

 private:
  std::string formatted(double value, const std::string& format) const {
    auto locale = locale_for(figure_.style);
    if (!format.empty()) return number_text(value, format, locale);
    return axis_number(value, nice_step(to_ - from_, kBulletParts), std::max(std::abs(from_), std::abs(to_)),
                       locale);
  }

  void make_pieces() {
    auto number = node_.child("number"), delta = node_.child("delta");
    auto font = figure_.style.font;
    font.size = kNumberSize;
    auto number_font = number.font("font", font);
    font.size = (has_number_ ? 0.5 : 1) * (has_number_ ? number_font.size : kNumberSize);
    auto delta_font = delta.font("font", font);
    fixed_size_ =
        (has_number_ && number.child("font").has("size")) || (has_delta_ && delta.child("font").has("size"));
    title_size_ = 0.25 * (has_number_ ? number_font.size : has_delta_ ? delta_font.size : kNumberSize);
    if (has_number_) {
      auto text = value_ ? number.text("prefix", "") + formatted(*value_, number.text("valueformat", "")) +
                               number.text("suffix", "")
                         : "-";
      pieces_.push_back({text, number_font, measure(text, number_font)});
      extent_ = extent_of(pieces_.back());
    }
    if (has_delta_) add_delta(delta, delta_font);
  }

  void add_delta(const Node& delta, Font font) {
    bool relative = delta.flag("relative", false);
    double reference = delta.number("reference", value_.value_or(0)),
           change = value_.value_or(reference) - reference;
    double value = relative ? change / reference : change;
    bool up = change >= 0;
    auto side = delta.child(up ? "increasing" : "decreasing");
    font.color = side.color("color", up ? Color{0x3D, 0x99, 0x70} : Color{0xFF, 0x41, 0x36});
    std::string text = "-";
    if (value != 0 && std::isfinite(value))
      text = side.text("symbol", up ? "▲" : "▼") + delta.text("prefix", "") +
             formatted(value, delta.text("valueformat", relative ? "2%" : "")) + delta.text("suffix", "");
    Piece piece{text, font, measure(text, font)};
    if (has_number_) {
      const auto& number = pieces_.front();
      auto own = extent_of(piece);
      double pad = 0.75 * font.size, level = (extent_.top + extent_.bottom - own.top - own.bottom) / 2;
      auto position = delta.choice("position", {"top", "bottom", "left", "right"}, "bottom");
      if (position == "bottom") piece.shift.y = piece.size.height;
      if (position == "top") piece.shift.y = extent_.top;
      if (position == "left")
        piece.shift = {-(number.size.width * align_ + piece.size.width * (1 - align_) + pad), level};
      if (position == "right")
        piece.shift = {number.size.width * (1 - align_) + piece.size.width * align_ + pad, level};
    }
    auto own = extent_of(piece);
    if (!has_number_) extent_ = own;
    extent_ = {std::min(extent_.left, own.left), std::max(extent_.right, own.right),
               std::min(extent_.top, own.top), std::max(extent_.bottom, own.bottom)};
    pieces_.push_back(std::move(piece));
  }

  Extent extent_of(const Piece& piece) const {
    double left = piece.shift.x - piece.size.width * align_, top = piece.shift.y - piece.size.ascent;
    return {left, left + piece.size.width, top, top + piece.size.height};
  }

  // Returns the upper edge.
  double paint_numbers(Scene& scene, Point at, double scale, bool stands_on) const {
    if (pieces_.empty()) return at.y;
    if (fixed_size_ || !std::isfinite(scale)) scale = 1;
    scale = std::min(scale, 1.0);
    double middle = (extent_.top + extent_.bottom) / 2;
    double y = at.y - scale * (stands_on ? extent_.bottom : middle);
    double reference = extent_.left + align_ * extent_.width(), x = at.x - scale * reference;
    for (const auto& piece : pieces_) {
      auto font = piece.font;
      font.size *= scale;
      scene.add(Text{.markup = piece.text,
                     .font = font,
                     .at = {x + scale * piece.shift.x, y + scale * piece.shift.y},
                     .horizontal = anchor_of(align_)});
    }
    return y + scale * extent_.top;
  }

  void paint_title(Scene& scene, const Box& domain, double below) const {
    auto title = node_.child("title");
    auto text = title.text("text", "");
    if (text.empty()) return;
    auto font = figure_.style.font;
    font.size = title_size_;
    font = title.font("font", font);
    double part = part_of(title.choice("align", {"left", "center", "right"}, "center"));
    Text out{.markup = text, .font = font, .at = {domain.x + part * domain.width, below - kTitlePad}};
    out.horizontal = anchor_of(part);
    out.vertical = Text::Vertical::bottom;
    if (is_bullet_) {
      out.at = {domain.x - kBulletPad * domain.width, domain.center().y};
      out.horizontal = Text::Horizontal::end;
      out.vertical = Text::Vertical::middle;
    }
    scene.add(std::move(out));
  }

  const Figure& figure_;
  Node node_;
  bool has_number_ = false, has_delta_ = false, has_gauge_ = false, is_bullet_ = false, fixed_size_ = false;
  std::optional<double> value_;
  double from_ = 0, to_ = 1, align_ = 0.5, title_size_ = 20;
  std::vector<Piece> pieces_;
  Extent extent_;
};

}  // namespace

Parts make_indicators(const Figure& figure, std::span<const TraceInput> traces) {
  Parts out;
  for (const auto& trace : traces) out.push_back(std::make_unique<Indicator>(figure, trace));
  return out;
}

}  // namespace rb::plot
