#include "plot/shaping.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "base/strings.hpp"

namespace rb::plot {
namespace {

constexpr std::size_t kKeptTexts = 4096, kLongestKept = 1000;
constexpr double kLargestFont = 4000;

struct Budget {
  bool is_set = false, is_spent = false;
  std::size_t bytes = 0;

  bool take(std::size_t wanted) {
    if (!is_set) return true;
    is_spent = is_spent || wanted > bytes;
    if (!is_spent) bytes -= wanted;
    return !is_spent;
  }
};
thread_local Budget budget_left;

struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(PangoFontMetrics* metrics) const { pango_font_metrics_unref(metrics); }
};
using Description = std::unique_ptr<PangoFontDescription, FreeFont>;

int to_pango(double pixels) { return static_cast<int>(std::lround(pixels * PANGO_SCALE)); }
double to_pixels(int units) { return static_cast<double>(units) / PANGO_SCALE; }

Description description_of(const Font& font) {
  Description out(pango_font_description_new());
  pango_font_description_set_family(out.get(), plain_family(font.family).c_str());
  pango_font_description_set_absolute_size(out.get(), std::clamp(font.size, 0.1, kLargestFont) * PANGO_SCALE);
  pango_font_description_set_weight(out.get(), static_cast<PangoWeight>(std::clamp(font.weight, 100, 1000)));
  if (font.italic) pango_font_description_set_style(out.get(), PANGO_STYLE_ITALIC);
  return out;
}

struct LineHeight {
  double ascent, descent;  // whole pixels, as browsers round them
};

// What belongs to one thread. Hinting is off: a text is as wide at every scale, in every format.
class Shaper {
 public:
  Shaper() : map_(pango_cairo_font_map_new()), context_(pango_font_map_create_context(map_.get())) {
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 96);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
  }

  std::shared_ptr<const ShapedText> shape(std::string_view markup, const Font& font) {
    std::string key = font_key(font);
    key.append(1, '\0').append(markup);
    if (auto found = texts_.find(key); found != texts_.end()) return found->second;
    if (!budget_left.take(markup.size())) return std::make_shared<const ShapedText>(shape_new("", font));
    if (texts_.size() >= kKeptTexts) texts_.clear();
    auto made = std::make_shared<const ShapedText>(shape_new(markup, font));
    if (markup.size() > kLongestKept) return made;
    texts_.emplace(std::move(key), made);
    return made;
  }

 private:
  static std::string font_key(const Font& font) {
    return font.family + '\0' + std::to_string(font.size) + (font.italic ? 'i' : 'n') +
           std::to_string(font.weight);
  }

  LineHeight height_of(const Font& font, const PangoFontDescription* description) {
    auto key = font_key(font);
    if (auto found = heights_.find(key); found != heights_.end()) return found->second;
    if (heights_.size() >= kKeptTexts) heights_.clear();
    std::unique_ptr<PangoFontMetrics, FreeFont> metrics(
        pango_context_get_metrics(context_.get(), description, pango_language_get_default()));
    LineHeight out{std::round(to_pixels(pango_font_metrics_get_ascent(metrics.get()))),
                   std::round(to_pixels(pango_font_metrics_get_descent(metrics.get())))};
    heights_.emplace(std::move(key), out);
    return out;
  }

  static void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, attribute);
  }

  static void add_style(PangoAttrList* list, const RunStyle& style, double size, std::size_t from,
                        std::size_t to) {
    if (style.bold) add(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, to);
    if (style.italic) add(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, to);
    if (style.underline) add(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from, to);
    if (style.strike) add(list, pango_attr_strikethrough_new(TRUE), from, to);
    if (!style.family.empty()) add(list, pango_attr_family_new(plain_family(style.family).c_str()), from, to);
    double own = (style.pixels > 0 ? style.pixels : size * style.size);
    if (own != size) add(list, pango_attr_size_new_absolute(to_pango(own)), from, to);
    if (style.rise != 0) add(list, pango_attr_rise_new(to_pango(style.rise * size)), from, to);
    if (style.color)
      add(list,
          pango_attr_foreground_new(static_cast<guint16>(style.color->r * 257),
                                    static_cast<guint16>(style.color->g * 257),
                                    static_cast<guint16>(style.color->b * 257)),
          from, to);
  }

  ShapedLine shape_line(const Line& runs, const Font& font, const PangoFontDescription* description) {
    std::string text;
    std::unique_ptr<PangoAttrList, FreeFont> styles(pango_attr_list_new());
    for (const auto& run : runs) {
      add_style(styles.get(), run.style, font.size, text.size(), text.size() + run.text.size());
      text += run.text;
    }
    if (text.empty()) return {};
    ShapedLine out;
    out.layout.reset(pango_layout_new(context_.get()));
    pango_layout_set_single_paragraph_mode(out.layout.get(), TRUE);
    pango_layout_set_font_description(out.layout.get(), description);
    pango_layout_set_text(out.layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_attributes(out.layout.get(), styles.get());
    PangoRectangle logical;
    pango_layout_get_extents(out.layout.get(), nullptr, &logical);
    out.width = to_pixels(logical.width);
    out.baseline = to_pixels(pango_layout_get_baseline(out.layout.get()));
    return out;
  }

  ShapedText shape_new(std::string_view markup, const Font& font) {
    ShapedText out;
    out.runs = parse_markup(markup);
    auto description = description_of(font);
    auto height = height_of(font, description.get());
    for (const auto& line : out.runs) {
      out.lines.push_back(shape_line(line, font, description.get()));
      out.size.width = std::max(out.size.width, out.lines.back().width);
    }
    out.line_height = line_spacing * font.size;
    out.size.lines = static_cast<int>(out.lines.size());
    out.size.ascent = height.ascent;
    out.size.height = height.ascent + height.descent + out.line_height * (out.size.lines - 1);
    return out;
  }

  std::unique_ptr<PangoFontMap, Unref> map_;
  std::unique_ptr<PangoContext, Unref> context_;
  std::unordered_map<std::string, std::shared_ptr<const ShapedText>> texts_;
  std::unordered_map<std::string, LineHeight> heights_;
};

}  // namespace

std::shared_ptr<const ShapedText> shape(std::string_view markup, const Font& font) {
  thread_local Shaper shaper;
  return shaper.shape(markup, font);
}

TextBudget::TextBudget(std::size_t bytes) {
  budget_left = {.is_set = true, .is_spent = false, .bytes = bytes};
}
TextBudget::~TextBudget() { budget_left = {}; }
bool TextBudget::is_spent() const { return budget_left.is_spent; }

std::string plain_family(std::string_view family) {
  std::string out(family);
  std::erase_if(out, [](char c) { return c == '"' || c == '\'' || static_cast<unsigned char>(c) < 0x20; });
  return valid_utf8(out) ? out : std::string();
}

}  // namespace rb::plot
