#include "plot/markup.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/strings.hpp"

namespace rb::plot {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kEntities{{{"mu", "μ"},
                                                                                   {"amp", "&"},
                                                                                   {"lt", "<"},
                                                                                   {"gt", ">"},
                                                                                   {"nbsp", "\u00a0"},
                                                                                   {"times", "×"},
                                                                                   {"plusmn", "±"},
                                                                                   {"deg", "°"},
                                                                                   {"quot", "\""},
                                                                                   {"apos", "'"}}};

void append_code_point(std::string& out, unsigned point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
    return;
  }
  int rest = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  constexpr std::array<unsigned, 4> lead{0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(lead[static_cast<std::size_t>(rest)] | (point >> (6 * rest)));
  for (int i = rest - 1; i >= 0; --i) out += static_cast<char>(0x80 | ((point >> (6 * i)) & 0x3F));
}

// The character of "#1234", "#x2a" or "amp"; false: not an entity.
bool append_entity(std::string& out, std::string_view name) {
  if (!name.starts_with('#')) {
    auto found = std::ranges::find(kEntities, name, &decltype(kEntities)::value_type::first);
    if (found == kEntities.end()) return false;
    out += found->second;
    return true;
  }
  bool hex = name.starts_with("#x");
  name.remove_prefix(hex ? 2 : 1);
  unsigned point = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  if (error != std::errc{} || end != name.data() + name.size() || point > 0x10FFFF ||
      (point >= 0xD800 && point < 0xE000))
    return false;
  append_code_point(out, point);
  return true;
}

std::string decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto end = text.starts_with('&') ? text.substr(0, 12).find(';') : std::string_view::npos;
    if (end != std::string_view::npos && append_entity(out, text.substr(1, end - 1))) {
      text.remove_prefix(end + 1);
      continue;
    }
    out += text[0];
    text.remove_prefix(1);
  }
  std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return out;
}

struct Tag {
  std::string name, attributes;
  bool closing = false;
};

Tag read_tag(std::string_view inner) {
  Tag out;
  if (inner.starts_with('/')) out.closing = true, inner.remove_prefix(1);
  auto end = std::min(inner.find_first_of(" \t\n\r"), inner.size());
  out.name = ascii_lower(inner.substr(0, end));
  out.attributes = inner.substr(end);
  if (out.name.size() > 1 && out.name.ends_with('/')) out.name.pop_back();
  return out;
}

// The quoted value of an attribute.
std::string attribute(std::string_view attributes, std::string_view name) {
  auto lower = ascii_lower(attributes);
  for (std::size_t at = 0; (at = lower.find(name, at)) != std::string::npos; at += name.size()) {
    if (at > 0 && !std::string_view(" \t\n\r\"'").contains(lower[at - 1])) continue;
    auto quote = lower.find_first_not_of(" \t", at + name.size());
    if (quote == std::string::npos || lower[quote] != '=') continue;
    quote = lower.find_first_not_of(" \t", quote + 1);
    if (quote == std::string::npos || (lower[quote] != '"' && lower[quote] != '\'')) continue;
    auto end = lower.find(lower[quote], quote + 1);
    if (end == std::string::npos) continue;
    return decoded(attributes.substr(quote + 1, end - quote - 1));
  }
  return {};
}

void apply_declaration(RunStyle& style, std::string_view name, std::string_view value) {
  if (name == "color" || name == "fill") {
    if (auto color = parse_color(value)) style.color = *color;
  } else if (name == "font-weight") {
    style.bold = value == "bold" || value == "bolder" || value >= "600";
  } else if (name == "font-style") {
    style.italic = value == "italic" || value == "oblique";
  } else if (name == "font-family") {
    style.family = value;
  } else if (name == "text-decoration") {
    style.underline = value.contains("underline");
    style.strike = value.contains("line-through");
  } else if (name == "font-size") {
    double size = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), size);
    if (error != std::errc{} || !(size > 0) || size > 500) return;
    std::string_view unit(end, static_cast<std::size_t>(value.data() + value.size() - end));
    if (unit == "px") style.pixels = size;
    if (unit == "pt") style.pixels = size * 96 / 72;
    if (unit == "em") style.size *= std::min(size, 20.0);
    if (unit == "%") style.size *= std::min(size / 100, 20.0);
  }
}

void apply_css(RunStyle& style, std::string_view css) {
  for (const auto& declaration : split(css, ';')) {
    auto colon = declaration.find(':');
    if (colon == std::string::npos) continue;
    apply_declaration(style, ascii_lower(trim(std::string_view(declaration).substr(0, colon))),
                      trim(std::string_view(declaration).substr(colon + 1)));
  }
}

void shift(RunStyle& style, double rise) {
  style.rise += rise * 0.7 * style.size;
  style.size *= 0.7;
  style.pixels *= 0.7;
}

// The style inside of a tag; nullopt for a tag that Plotly does not know.
std::optional<RunStyle> styled(RunStyle style, const Tag& tag) {
  if (tag.name == "b" || tag.name == "strong" || tag.name == "em") style.bold = true;
  if (tag.name == "i" || tag.name == "em") style.italic = true;
  if (tag.name == "u") style.underline = true;
  if (tag.name == "s") style.strike = true;
  if (tag.name == "sup") shift(style, 0.6);
  if (tag.name == "sub") shift(style, -0.3);
  if (tag.name == "a") {
    auto link = attribute(tag.attributes, "href");
    bool safe = link.starts_with("http://") || link.starts_with("https://") || link.starts_with("mailto:");
    if (safe) style.link = std::move(link);
  }
  constexpr std::array<std::string_view, 10> known{"b", "strong", "em",  "i", "u",
                                                   "s", "sup",    "sub", "a", "span"};
  if (std::ranges::find(known, tag.name) == known.end()) return std::nullopt;
  apply_css(style, attribute(tag.attributes, "style"));
  return style;
}

void add_text(Line& line, std::string_view text, const RunStyle& style) {
  if (text.empty()) return;
  if (!line.empty() && line.back().style == style)
    line.back().text += decoded(text);
  else
    line.push_back({decoded(text), style});
}

}  // namespace

std::vector<Line> parse_markup(std::string_view markup) {
  std::string repaired;
  if (!valid_utf8(markup)) {
    repaired = markup;
    std::ranges::replace_if(repaired, [](char c) { return static_cast<unsigned char>(c) > 0x7E; }, '?');
    markup = repaired;
  }
  std::vector<Line> lines(1);
  std::vector<RunStyle> styles(1);
  while (!markup.empty()) {
    auto open = markup.find('<');
    auto end = open == std::string_view::npos ? open : markup.find_first_of("<>", open + 1);
    if (end == std::string_view::npos) break;
    if (markup[end] == '<') {  // "a < b <br>": the first one is text
      add_text(lines.back(), markup.substr(0, end), styles.back());
      markup.remove_prefix(end);
      continue;
    }
    add_text(lines.back(), markup.substr(0, open), styles.back());
    auto tag = read_tag(markup.substr(open + 1, end - open - 1));
    auto style = styled(styles.back(), tag);
    if (tag.name == "br")
      lines.emplace_back();
    else if (!style)
      add_text(lines.back(), markup.substr(open, end + 1 - open), styles.back());
    else if (!tag.closing) {
      if (styles.size() < 32) styles.push_back(*std::move(style));
    } else if (styles.size() > 1)
      styles.pop_back();
    markup.remove_prefix(end + 1);
  }
  add_text(lines.back(), markup, styles.back());
  return lines;
}

}  // namespace rb::plot
