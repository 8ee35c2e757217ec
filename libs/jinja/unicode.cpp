#include "jinja/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace rb::jinja {
namespace {

struct Mapping {
  char32_t from;
  std::u32string_view upper, title;
};

// Letters whose capital form is more than one letter (SpecialCasing.txt, without the polytonic Greek ones).
constexpr auto kSpecialCasing = std::to_array<Mapping>({
    {U'\u00DF', U"SS", U"Ss"},
    {U'\u0149', U"\u02BCN", U"\u02BCN"},
    {U'\u01F0', U"J\u030C", U"J\u030C"},
    {U'\u0390', U"\u0399\u0308\u0301", U"\u0399\u0308\u0301"},
    {U'\u03B0', U"\u03A5\u0308\u0301", U"\u03A5\u0308\u0301"},
    {U'\u0587', U"\u0535\u0552", U"\u0535\u0582"},
    {U'\u1E96', U"H\u0331", U"H\u0331"},
    {U'\u1E97', U"T\u0308", U"T\u0308"},
    {U'\u1E98', U"W\u030A", U"W\u030A"},
    {U'\u1E99', U"Y\u030A", U"Y\u030A"},
    {U'\u1E9A', U"A\u02BE", U"A\u02BE"},
    {U'\uFB00', U"FF", U"Ff"},
    {U'\uFB01', U"FI", U"Fi"},
    {U'\uFB02', U"FL", U"Fl"},
    {U'\uFB03', U"FFI", U"Ffi"},
    {U'\uFB04', U"FFL", U"Ffl"},
    {U'\uFB05', U"ST", U"St"},
    {U'\uFB06', U"ST", U"St"},
});

constexpr char32_t kCapitalSigma = U'\u03A3';
constexpr char32_t kFinalSigma = U'\u03C2';
constexpr char32_t kDottedCapitalI = U'\u0130';

utf8proc_category_t category(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }

const Mapping* special(char32_t c) {
  if (c < kSpecialCasing.front().from) return nullptr;
  const auto* at = std::ranges::find(kSpecialCasing, c, &Mapping::from);
  return at == kSpecialCasing.end() ? nullptr : at;
}

// Russian and ASCII letters and the signs between them, which nearly all texts here are made of, need no
// table.
constexpr char32_t kNoSimpleCase = 0;

// « » — … № and currencies.
constexpr char32_t simple_sign(char32_t c) {
  bool sign = (c >= 0xA0 && c < 0xC0 && c != 0xB5) || (c >= 0x2000 && c <= 0x206F) ||
              (c >= 0x20A0 && c <= 0x20BF) || c == 0x2116;
  return sign ? c : kNoSimpleCase;
}

constexpr char32_t simple_upper(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 0x20 : c;
  if (c >= 0x430 && c <= 0x44F) return c - 0x20;
  if (c >= 0x400 && c <= 0x42F) return c;
  return c >= 0x450 && c <= 0x45F ? c - 0x50 : simple_sign(c);
}

constexpr char32_t simple_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  if (c >= 0x430 && c <= 0x45F) return c;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  return c >= 0x400 && c <= 0x40F ? c + 0x50 : simple_sign(c);
}

void append_upper(std::string& out, char32_t c) {
  if (auto simple = simple_upper(c)) return append_utf8(out, simple);
  if (const auto* m = special(c))
    for (char32_t u : m->upper) append_utf8(out, u);
  else
    append_utf8(out, static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))));
}

void append_title(std::string& out, char32_t c) {
  if (auto simple = simple_upper(c)) return append_utf8(out, simple);
  if (const auto* m = special(c))
    for (char32_t u : m->title) append_utf8(out, u);
  else
    append_utf8(out, static_cast<char32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(c))));
}

bool case_ignorable(char32_t c) {
  if (c == '\'' || c == '.' || c == ':' || c == U'\u00B7' || c == U'\u2019') return true;
  switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return false;
  }
}

// Σ becomes ς at the end of a word.
bool final_sigma(std::string_view before, std::string_view after) {
  bool word = false;
  while (!before.empty()) {
    auto start = last_point_start(before), at = start;
    auto c = next_point(before, at);
    before = before.substr(0, start);
    if (case_ignorable(c)) continue;
    word = is_cased(c);
    break;
  }
  for (std::size_t at = 0; word && at < after.size();) {
    auto c = next_point(after, at);
    if (!case_ignorable(c)) return !is_cased(c);
  }
  return word;
}

// The letter of `text` that ends at `end`.
void append_lower(std::string& out, char32_t c, std::string_view text, std::size_t end) {
  if (auto simple = simple_lower(c)) return append_utf8(out, simple);
  if (c == kCapitalSigma) {
    constexpr std::size_t sigma_size = 2;
    return append_utf8(
        out, final_sigma(text.substr(0, end - sigma_size), text.substr(end)) ? kFinalSigma : U'\u03C3');
  }
  append_utf8(out, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
  if (c == kDottedCapitalI) append_utf8(out, U'\u0307');
}

// `map` of all that is written in one or two bytes up to the last Russian letter.
template <char32_t (*map)(char32_t)>
constexpr auto kMapped = [] {
  std::array<char16_t, 0x460> table{};
  for (char32_t c = 0; c < table.size(); ++c) table[c] = static_cast<char16_t>(map(c));
  return table;
}();

// Maps what comes before the first letter that needs utf8proc: all of that keeps its length. Returns where it
// stopped.
template <char32_t (*map)(char32_t)>
std::size_t map_simple(std::string_view text, char* out) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto from = at;
    auto point = next_point(text, at);
    if (point < 0x80) {
      out[from] = static_cast<char>(kMapped<map>[point]);
    } else if (point < kMapped<map>.size()) {
      auto mapped = kMapped<map>[point];
      if (mapped == kNoSimpleCase) return from;
      out[from] = static_cast<char>(0xC0 | mapped >> 6);
      out[from + 1] = static_cast<char>(0x80 | (mapped & 0x3F));
    } else {
      if (map(point) != point) return from;
      for (auto i = from; i < at; ++i) out[i] = text[i];
    }
  }
  return at;
}

// The same for the next some hundred bytes, appended to `out`.
template <char32_t (*map)(char32_t)>
std::size_t append_simple(std::string_view text, std::string& out) {
  text = text.substr(0, 512);
  auto begun = out.size();
  out.resize(begun + text.size());
  auto mapped = map_simple<map>(text, out.data() + begun);
  out.resize(begun + mapped);
  return mapped;
}

}  // namespace

char32_t next_long_point(std::string_view text, std::size_t& at) {
  utf8proc_int32_t point = 0;
  auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                               static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  if (size <= 0) return ++at, U'\uFFFD';
  at += static_cast<std::size_t>(size);
  return static_cast<char32_t>(point);
}

void append_long_utf8(std::string& out, char32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

std::u32string to_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) out.push_back(next_point(text, at));
  return out;
}

std::string from_points(std::u32string_view points) {
  std::string out;
  out.reserve(points.size());
  for (char32_t point : points) append_utf8(out, point);
  return out;
}

std::size_t offset_of(std::string_view text, std::size_t n) {
  std::size_t at = 0;
  for (; n > 0 && at < text.size(); --n) at += sequence_length(text[at]);
  return std::min(at, text.size());
}

bool is_printable(char32_t c) {
  if (c < 0x7F) return c >= 0x20;
  switch (category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_ZS:
      return false;
    default:
      return true;
  }
}

bool is_alpha(char32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  auto k = category(c);
  return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LL || k == UTF8PROC_CATEGORY_LT ||
         k == UTF8PROC_CATEGORY_LM || k == UTF8PROC_CATEGORY_LO;
}

bool is_decimal(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : category(c) == UTF8PROC_CATEGORY_ND; }

// Digits come in runs of ten, from zero on.
int decimal_value(char32_t c) {
  auto first = c;
  while (first > 0 && is_decimal(first - 1)) --first;
  return static_cast<int>((c - first) % 10);
}

bool is_digit(char32_t c) {
  if (is_decimal(c)) return true;
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ||
         (c >= 0x2080 && c <= 0x2089) || (c >= 0x2460 && c <= 0x2468) || (c >= 0x2474 && c <= 0x247C) ||
         (c >= 0x2488 && c <= 0x2490) || c == 0x24EA;
}

bool is_numeric(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  auto k = category(c);
  return k == UTF8PROC_CATEGORY_ND || k == UTF8PROC_CATEGORY_NL || k == UTF8PROC_CATEGORY_NO;
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return category(c) == UTF8PROC_CATEGORY_LU || (c >= 0x2160 && c <= 0x216F) || (c >= 0x24B6 && c <= 0x24CF);
}

bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return category(c) == UTF8PROC_CATEGORY_LL || c == 0xAA || c == 0xBA || (c >= 0x2170 && c <= 0x217F) ||
         (c >= 0x24D0 && c <= 0x24E9) || (c >= 0x2B0 && c <= 0x2B8);
}

bool is_title(char32_t c) { return c >= 0x80 && category(c) == UTF8PROC_CATEGORY_LT; }
bool is_cased(char32_t c) { return is_upper(c) || is_lower(c) || is_title(c); }

bool is_line_end(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_identifier_start(char32_t c) {
  return c == '_' || is_alpha(c) || (c >= 0x80 && category(c) == UTF8PROC_CATEGORY_NL);
}

bool is_identifier_part(char32_t c) {
  if (is_identifier_start(c) || is_decimal(c)) return true;
  if (c < 0x80) return false;
  auto k = category(c);
  return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC || k == UTF8PROC_CATEGORY_PC || c == 0xB7 ||
         c == 0x387;
}

bool all_in_case(std::string_view text, bool upper_case) {
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    auto c = next_point(text, at);
    if (is_title(c) || (upper_case ? is_lower(c) : is_upper(c))) return false;
    any = any || (upper_case ? is_upper(c) : is_lower(c));
  }
  return any;
}

bool upper_simple(std::string_view text, char* out) {
  return map_simple<simple_upper>(text, out) == text.size();
}

bool lower_simple(std::string_view text, char* out) {
  return map_simple<simple_lower>(text, out) == text.size();
}

std::string upper(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    at += append_simple<simple_upper>(text.substr(at), out);
    if (at < text.size()) append_upper(out, next_point(text, at));
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    at += append_simple<simple_lower>(text.substr(at), out);
    if (at == text.size()) break;
    auto c = next_point(text, at);
    append_lower(out, c, text, at);
  }
  return out;
}

std::string title(std::string_view text) {
  std::string out;
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    auto c = next_point(text, at);
    if (in_word)
      append_lower(out, c, text, at);
    else
      append_title(out, c);
    in_word = is_cased(c);
  }
  return out;
}

std::string capitalize(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    bool first = at == 0;
    auto c = next_point(text, at);
    if (first)
      append_title(out, c);
    else
      append_lower(out, c, text, at);
  }
  return out;
}

std::string swapcase(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto c = next_point(text, at);
    if (is_upper(c))
      append_lower(out, c, text, at);
    else if (is_lower(c))
      append_upper(out, c);
    else
      append_utf8(out, c);
  }
  return out;
}

std::string casefold(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::array<utf8proc_int32_t, 8> folded{};
    int last_boundary = 0;
    auto point = next_point(text, at);
    auto n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(point), folded.data(), folded.size(),
                                     UTF8PROC_CASEFOLD, &last_boundary);
    for (utf8proc_ssize_t i = 0; i < n; ++i)
      append_utf8(out, static_cast<char32_t>(folded[static_cast<std::size_t>(i)]));
  }
  return out;
}

std::string_view strip(std::string_view text, bool left, bool right) {
  while (left && !text.empty()) {
    std::size_t at = 0;
    if (!is_space(next_point(text, at))) break;
    text.remove_prefix(at);
  }
  while (right && !text.empty()) {
    auto start = last_point_start(text), at = start;
    if (!is_space(next_point(text, at))) break;
    text = text.substr(0, start);
  }
  return text;
}

}  // namespace rb::jinja
