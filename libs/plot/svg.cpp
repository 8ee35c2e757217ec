// SVG 1.1 with real text: it can be selected, searched and read aloud, and has the reader's own fonts behind
// the first.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/strings.hpp"
#include "plot/paint.hpp"
#include "plot/path.hpp"
#include "plot/shaping.hpp"

namespace rb::plot {
namespace {

class SvgWriter {
 public:
  explicit SvgWriter(const Scene& scene, double scale) : scene_(scene), scale_(scale) {}

  std::string finish() {
    auto size = scene_.size;
    *this
        << R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" width=")"
        << size.width * scale_ << R"(" height=")" << size.height * scale_ << R"(" viewBox="0 0 )"
        << size.width << ' ' << size.height << '"';
    labelled();
    *this << R"(<rect width="100%" height="100%")";
    paint("fill", scene_.background);
    *this << "/>\n";
    for (const auto& item : scene_.items) std::visit(*this, item);
    for (; open_ > 0; --open_) *this << "</g>";
    *this << "</svg>\n";
    return std::move(out_);
  }

  void operator()(const Shape& shape) {
    if (shape.outline.empty() || (shape.fill.a <= 0 && !shape.stroke.visible())) return;
    *this << "<path d=\"";
    path(shape.outline);
    *this << '"';
    paint("fill", shape.fill);
    if (shape.even_odd) *this << R"( fill-rule="evenodd")";
    stroke(shape.stroke);
    if (shape.crisp) *this << R"( shape-rendering="crispEdges")";
    *this << "/>\n";
  }

  void operator()(const Markers& markers) {
    if (markers.at.empty()) return;
    *this << "<defs><path id=\"m" << ++markers_ << "\" d=\"";
    path(markers.outline);
    *this << "\"/></defs><g";
    paint("fill", markers.fill);
    stroke(markers.stroke);
    *this << '>';
    for (auto p : markers.at) {
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
      *this << "<use xlink:href=\"#m" << markers_ << "\" x=\"" << p.x << "\" y=\"" << p.y << "\"/>";
    }
    *this << "</g>\n";
  }

  void operator()(const Text& text) {
    auto shaped = shape(text.markup, text.font);
    *this << "<text xml:space=\"preserve\"";
    font(text.font);
    if (text.horizontal != Text::Horizontal::start)
      *this << (text.horizontal == Text::Horizontal::middle ? R"( text-anchor="middle")"
                                                            : R"( text-anchor="end")");
    if (text.angle != 0)
      *this << " transform=\"rotate(" << text.angle << ' ' << text.at.x << ' ' << text.at.y << ")\"";
    double baseline = text.at.y + first_baseline(text.vertical, shaped->size);
    if (shaped->runs.size() == 1) position(text.at.x, baseline);
    *this << '>';
    for (const auto& line : shaped->runs) {
      if (shaped->runs.size() > 1) {
        *this << "<tspan";
        position(text.at.x, baseline);
        *this << '>';
      }
      for (const auto& run : line) this->run(run, text.font);
      if (shaped->runs.size() > 1) *this << "</tspan>";
      baseline += shaped->line_height;
    }
    *this << "</text>\n";
  }

  void operator()(const Open& open) {
    ++open_;
    *this << "<clipPath id=\"c" << ++clips_ << "\"><rect";
    position(open.clip.x, open.clip.y);
    *this << " width=\"" << std::max(0.0, open.clip.width) << "\" height=\""
          << std::max(0.0, open.clip.height) << "\"/></clipPath><g clip-path=\"url(#c" << clips_ << ")\"";
    if (open.opacity < 1) *this << " opacity=\"" << open.opacity << '"';
    *this << ">\n";
  }

  void operator()(const Close&) {
    if (open_ == 0) return;
    --open_;
    *this << "</g>\n";
  }

 private:
  SvgWriter& operator<<(std::string_view text) { return out_.append(text), *this; }
  SvgWriter& operator<<(char c) { return out_ += c, *this; }
  SvgWriter& operator<<(int value) { return whole(value), *this; }

  // Hundredths of a pixel are enough.
  SvgWriter& operator<<(double value) {
    if (!std::isfinite(value)) value = 0;
    auto hundredths = std::llround(std::clamp(value, -1e9, 1e9) * 100);
    if (hundredths < 0) out_ += '-', hundredths = -hundredths;
    whole(hundredths / 100);
    if (auto rest = hundredths % 100; rest != 0) {
      out_ += '.';
      out_ += static_cast<char>('0' + rest / 10);
      if (rest % 10 != 0) out_ += static_cast<char>('0' + rest % 10);
    }
    return *this;
  }

  void whole(long long value) {
    std::array<char, 24> text{};
    auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    out_.append(text.data(), end);
  }

  // XML knows no control characters and no U+FFFE, U+FFFF, not even as references.
  void escaped(std::string_view text) {
    std::string clean(text);
    if (!valid_utf8(clean)) std::ranges::replace_if(clean, [](char c) { return (c & 0x80) != 0; }, '?');
    std::ranges::replace_if(clean, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    for (auto none : {"\uFFFE", "\uFFFF"}) clean = replace_all(std::move(clean), none, " ");
    out_ += escape_html(clean);
  }

  void labelled() {
    bool title = !scene_.title.empty(), description = !scene_.description.empty();
    if (title || description) {
      *this << " aria-labelledby=\"" << (title ? "title" : "") << (title && description ? " " : "")
            << (description ? "desc" : "") << '"';
    }
    *this << ">\n";
    element("title", scene_.title);
    element("desc", scene_.description);
  }

  void element(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    *this << '<' << name << " id=\"" << name << "\">";
    escaped(text);
    *this << "</" << name << ">\n";
  }

  void position(double x, double y) { *this << " x=\"" << x << "\" y=\"" << y << '"'; }

  void paint(std::string_view name, Color color) {
    *this << ' ' << name << "=\"";
    if (color.a <= 0) {
      *this << "none\"";
      return;
    }
    hex(color);
    *this << '"';
    if (color.a < 1) *this << ' ' << name << "-opacity=\"" << color.a << '"';
  }

  void hex(Color color) {
    constexpr std::string_view digits = "0123456789abcdef";
    *this << '#';
    for (auto part : {color.r, color.g, color.b}) *this << digits[part >> 4U] << digits[part & 15U];
  }

  void stroke(const Stroke& stroke) {
    if (!stroke.visible()) return;
    paint("stroke", stroke.color);
    if (stroke.width != 1) *this << " stroke-width=\"" << stroke.width << '"';
    for (std::size_t i = 0; i < stroke.dash.size(); ++i)
      *this << (i == 0 ? " stroke-dasharray=\"" : " ") << std::max(0.0, stroke.dash[i]);
    if (!stroke.dash.empty()) *this << '"';
    constexpr std::array<std::string_view, 3> caps{"butt", "round", "square"},
        joins{"miter", "round", "bevel"};
    if (stroke.cap != Stroke::Cap::butt)
      *this << " stroke-linecap=\"" << caps[static_cast<std::size_t>(stroke.cap)] << '"';
    if (stroke.join != Stroke::Join::miter)
      *this << " stroke-linejoin=\"" << joins[static_cast<std::size_t>(stroke.join)] << '"';
  }

  void path(const Outline& outline) {
    const auto* next = outline.points.data();
    auto point = [&](char separator) {
      *this << separator << next->x << ' ' << next->y;
      ++next;
    };
    for (auto verb : outline.verbs) switch (verb) {
        case Outline::Verb::move:
          point('M');
          break;
        case Outline::Verb::line:
          point('L');
          break;
        case Outline::Verb::curve:
          point('C');
          point(' ');
          point(' ');
          break;
        case Outline::Verb::close:
          *this << 'Z';
      }
  }

  void family(std::string_view name) {
    *this << " font-family=\"";
    escaped(replace_all(std::string(name), "\"", "'"));
    *this << '"';
  }

  void font(const Font& font) {
    family(font.family);
    *this << " font-size=\"" << font.size << '"';
    if (font.weight != 400) *this << " font-weight=\"" << font.weight << '"';
    if (font.italic) *this << R"( font-style="italic")";
    paint("fill", font.color);
  }

  void run(const Run& run, const Font& font) {
    const auto& style = run.style;
    if (style == RunStyle{}) return escaped(run.text);
    if (!style.link.empty()) {
      *this << "<a xlink:href=\"";
      escaped(style.link);
      *this << "\">";
    }
    *this << "<tspan";
    if (style.bold) *this << R"( font-weight="bold")";
    if (style.italic) *this << R"( font-style="italic")";
    if (style.underline || style.strike)
      *this << " text-decoration=\"" << (style.underline ? "underline" : "line-through") << '"';
    double size = style.pixels > 0 ? style.pixels : font.size * style.size;
    if (size != font.size) *this << " font-size=\"" << size << '"';
    if (style.rise != 0) *this << " baseline-shift=\"" << style.rise * font.size << '"';
    if (!style.family.empty()) family(style.family);
    if (style.color) paint("fill", *style.color);
    *this << '>';
    escaped(run.text);
    *this << "</tspan>" << (style.link.empty() ? "" : "</a>");
  }

  const Scene& scene_;
  double scale_;
  std::string out_;
  int clips_ = 0, markers_ = 0, open_ = 0;
};

}  // namespace

std::string paint_svg(const Scene& scene, double scale) { return SvgWriter(scene, scale).finish(); }

}  // namespace rb::plot
