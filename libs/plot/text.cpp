#include "plot/text.hpp"

#include <algorithm>

#include "plot/shaping.hpp"

namespace rb::plot {
namespace {

// Up to the next blank outside of a tag, the blank not included.
std::string_view next_word(std::string_view text) {
  bool in_tag = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') in_tag = true;
    if (text[i] == '>') in_tag = false;
    if ((text[i] == ' ' || text[i] == '\n') && !in_tag) return text.substr(0, i);
  }
  return text;
}

std::string tags_of(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string_view::npos;) {
    auto end = text.find('>', at);
    if (end == std::string_view::npos) break;
    auto tag = text.substr(at, end + 1 - at);
    if (!tag.starts_with("<br")) out += tag;
    at = end + 1;
  }
  return out;
}

bool ends_line(std::string_view word) { return word.rfind("<br") != std::string_view::npos; }

}  // namespace

TextSize measure(std::string_view markup, const Font& font) { return shape(markup, font)->size; }

std::string wrap(std::string_view markup, const Font& font, double width) {
  if (measure(markup, font).width <= width) return std::string(markup);
  std::string out, line, open;  // `open`: the tags so far, which style the present line
  for (bool first = true; !markup.empty(); first = false) {
    auto word = next_word(markup);
    markup.remove_prefix(std::min(markup.size(), word.size() + 1));
    auto longer = line + (line.empty() ? "" : " ") + std::string(word);
    bool fits = line.empty() || measure(open + longer, font).width <= width;
    if (!first) out += fits ? " " : "<br>";
    out += word;
    line = fits ? std::move(longer) : std::string(word);
    if (!ends_line(word)) continue;
    open += tags_of(line);
    line = word.substr(word.rfind('>') + 1);
  }
  return out;
}

std::string plain_text(std::string_view markup) {
  std::string out;
  for (const auto& line : parse_markup(markup)) {
    if (!out.empty()) out += ' ';
    for (const auto& run : line) out += run.text;
  }
  return out;
}

double part_before(Text::Horizontal horizontal) {
  return horizontal == Text::Horizontal::start ? 0 : horizontal == Text::Horizontal::middle ? 0.5 : 1;
}

double first_baseline(Text::Vertical vertical, const TextSize& size) {
  switch (vertical) {
    case Text::Vertical::top:
      return size.ascent;
    case Text::Vertical::middle:
      return size.ascent - size.height / 2;
    case Text::Vertical::bottom:
      return size.ascent - size.height;
    default:
      return 0;
  }
}

}  // namespace rb::plot
