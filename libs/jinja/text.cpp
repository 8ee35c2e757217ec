#include "jinja/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "jinja/meter.hpp"
#include "jinja/numbers.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

struct Entity {
  std::string_view name;
  char32_t point;
};

// The entities people write; html.unescape of Python knows some two thousand.
constexpr auto kEntities = std::to_array<Entity>({
    {"amp", '&'},       {"lt", '<'},       {"gt", '>'},        {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xA0},     {"laquo", 0xAB},   {"raquo", 0xBB},    {"mdash", 0x2014}, {"ndash", 0x2013},
    {"hellip", 0x2026}, {"copy", 0xA9},    {"reg", 0xAE},      {"trade", 0x2122}, {"euro", 0x20AC},
    {"pound", 0xA3},    {"yen", 0xA5},     {"cent", 0xA2},     {"sect", 0xA7},    {"para", 0xB6},
    {"middot", 0xB7},   {"bull", 0x2022},  {"deg", 0xB0},      {"plusmn", 0xB1},  {"times", 0xD7},
    {"divide", 0xF7},   {"frac12", 0xBD},  {"frac14", 0xBC},   {"frac34", 0xBE},  {"ldquo", 0x201C},
    {"rdquo", 0x201D},  {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"bdquo", 0x201E}, {"sbquo", 0x201A},
    {"larr", 0x2190},   {"uarr", 0x2191},  {"rarr", 0x2192},   {"darr", 0x2193},  {"shy", 0xAD},
    {"ensp", 0x2002},   {"emsp", 0x2003},  {"thinsp", 0x2009}, {"iexcl", 0xA1},   {"iquest", 0xBF},
    {"eacute", 0xE9},   {"egrave", 0xE8},  {"agrave", 0xE0},   {"ccedil", 0xE7},  {"auml", 0xE4},
    {"ouml", 0xF6},     {"uuml", 0xFC},    {"Auml", 0xC4},     {"Ouml", 0xD6},    {"Uuml", 0xDC},
    {"szlig", 0xDF},    {"le", 0x2264},    {"ge", 0x2265},     {"ne", 0x2260},    {"infin", 0x221E},
    {"micro", 0xB5},    {"sup2", 0xB2},    {"sup3", 0xB3},     {"check", 0x2713}, {"hearts", 0x2665},
});

// These also work without their semicolon, as in old HTML.
bool bare_allowed(std::string_view name) {
  return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "nbsp" ||
         name == "copy" || name == "reg" || name == "laquo" || name == "raquo";
}

// A numeric reference after "&#"; moves `at` behind it.
bool numeric_entity(std::string_view text, std::size_t& at, std::string& out) {
  auto p = at;
  unsigned base = 10;
  if (p < text.size() && (text[p] | 0x20) == 'x') {
    base = 16;
    ++p;
  }
  std::uint64_t point = 0;
  auto from = p;
  for (; p < text.size(); ++p) {
    auto digit = digit_value(text[p]);
    if (digit >= base) break;
    point = std::min<std::uint64_t>(point * base + digit, 0x110000);
  }
  if (p == from) return false;
  if (p < text.size() && text[p] == ';') ++p;
  at = p;
  bool valid = point != 0 && point < 0x110000 && (point < 0xD800 || point >= 0xE000);
  append_utf8(out, valid ? static_cast<char32_t>(point) : U'\uFFFD');
  return true;
}

bool named_entity(std::string_view text, std::size_t& at, std::string& out) {
  auto end = at;
  while (end < text.size() && is_alnum(static_cast<unsigned char>(text[end])) && end - at < 16) ++end;
  auto name = text.substr(at, end - at);
  bool closed = end < text.size() && text[end] == ';';
  const auto* entity = std::ranges::find(kEntities, name, &Entity::name);
  if (entity == kEntities.end() || !(closed || bare_allowed(name))) return false;
  append_utf8(out, entity->point);
  at = end + (closed ? 1 : 0);
  return true;
}

// Removes open...close; what is opened and never closed stays.
std::string without(std::string_view text, std::string_view open, std::string_view close) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    auto from = text.find(open, at);
    auto to = from == std::string_view::npos ? from : text.find(close, from + open.size());
    if (to == std::string_view::npos) break;
    out += text.substr(at, from - at);
    at = to + close.size();
  }
  out += text.substr(at);
  return out;
}

// Most texts are mapped without a temporary.
template <bool (*simple)(std::string_view, char*), std::string (*map)(std::string_view)>
Value recased(const Value& text) {
  auto* out = Str::make(text.str().size);
  if (simple(text.text(), out->data())) return Value::adopt(text.type(), out);
  Str::free(out);
  return same_kind<map>(text);
}

}  // namespace

Value upper_text(const Value& text) { return recased<upper_simple, upper>(text); }
Value lower_text(const Value& text) { return recased<lower_simple, lower>(text); }

std::size_t find_text(std::string_view text, std::string_view needle, std::size_t from) {
  if (from > text.size()) return std::string_view::npos;
  if (needle.empty()) return from;
  const auto* at = memmem(text.data() + from, text.size() - from, needle.data(), needle.size());
  return at ? static_cast<std::size_t>(static_cast<const char*>(at) - text.data()) : std::string_view::npos;
}

std::size_t find_last_text(std::string_view text, std::string_view needle) {
  constexpr std::size_t short_enough = 32;  // trying every place costs no more than this many looks at each
  if (needle.size() <= short_enough) return text.rfind(needle);
  charge_steps(text.size() / 64);
  const std::string backwards(text.rbegin(), text.rend()), wanted(needle.rbegin(), needle.rend());
  auto at = find_text(backwards, wanted);
  return at == std::string_view::npos ? at : text.size() - at - needle.size();
}

std::string replace_text(std::string_view text, std::string_view from, std::string_view to,
                         std::int64_t count) {
  std::string out;
  auto left = count < 0 ? text.size() + 1 : static_cast<std::size_t>(count);
  std::size_t at = 0;
  auto put = [&](std::string_view part) {
    out += part;
    check_growth(out.size());
  };
  charge_steps(text.size() / 32);
  if (from.empty()) {
    for (; left > 0; --left) {
      put(to);
      if (at >= text.size()) return out;
      auto begin = at;
      at += sequence_length(text[at]);
      put(text.substr(begin, at - begin));
    }
    return out += text.substr(std::min(at, text.size()));
  }
  for (; left > 0; --left) {
    auto found = find_text(text, from, at);
    if (found == std::string_view::npos) break;
    put(text.substr(at, found - at));
    put(to);
    at = found + from.size();
  }
  return out += text.substr(at);
}

std::string_view strip_points(std::string_view text, std::string_view points, bool left, bool right) {
  auto among = [&](std::string_view point) {
    charge_steps(points.size() / 64);
    return points.find(point) != std::string_view::npos;
  };
  while (left && !text.empty()) {
    auto size = std::min(sequence_length(text[0]), text.size());
    if (!among(text.substr(0, size))) break;
    text.remove_prefix(size);
  }
  while (right && !text.empty()) {
    auto start = last_point_start(text);
    if (!among(text.substr(start))) break;
    text = text.substr(0, start);
  }
  return text;
}

std::string pad(std::string_view text, std::string_view fill, std::size_t left, std::size_t right) {
  check_size(fill.size(), left + right);
  std::string out;
  out.reserve(text.size() + fill.size() * (left + right));
  for (; left > 0; --left) out += fill;
  out += text;
  for (; right > 0; --right) out += fill;
  return out;
}

std::string center(std::string_view text, std::int64_t width) {
  auto length = static_cast<std::int64_t>(to_points(text).size());
  if (width <= length) return std::string(text);
  auto padding = static_cast<std::size_t>(width - length);
  auto left = padding / 2 + (padding & static_cast<std::size_t>(width) & 1);
  return pad(text, " ", left, padding - left);
}

std::string unescape_html(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      auto after = at + 1;
      bool numeric = after < text.size() && text[after] == '#';
      if (numeric) ++after;
      if (numeric ? numeric_entity(text, after, out) : named_entity(text, after, out)) {
        at = after;
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

std::string strip_tags(std::string_view text) {
  charge_steps(text.size() / 32);
  auto bare = without(without(text, "<!--", "-->"), "<", ">");
  std::string joined;
  bool blank = false;
  for (std::size_t at = 0; at < bare.size();) {
    auto from = at;
    if (is_space(next_point(bare, at))) {
      blank = true;
    } else {
      if (blank && !joined.empty()) joined += ' ';
      blank = false;
      joined.append(bare, from, at - from);
    }
  }
  return unescape_html(joined);
}

}  // namespace rb::jinja
