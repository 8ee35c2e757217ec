#pragma once
// UTF-8 and the properties of code points, as Python's str methods see them. Data: utf8proc.
#include <cstddef>
#include <string>
#include <string_view>

namespace rb::jinja {

char32_t next_long_point(std::string_view text, std::size_t& at);
void append_long_utf8(std::string& out, char32_t point);

// The code point at `at`, which moves past it. A broken sequence is one byte, U+FFFD.
inline char32_t next_point(std::string_view text, std::size_t& at) {
  auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return ++at, lead;
  if (lead < 0xC2 || lead >= 0xE0 || at + 1 >= text.size()) return next_long_point(text, at);
  auto next = static_cast<unsigned char>(text[at + 1]);
  if ((next & 0xC0) != 0x80) return next_long_point(text, at);
  at += 2;
  return static_cast<char32_t>((lead & 0x1F) << 6 | (next & 0x3F));
}

inline void append_utf8(std::string& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    const char bytes[] = {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 0x3F))};
    out.append(bytes, 2);
  } else {
    append_long_utf8(out, point);
  }
}
std::u32string to_points(std::string_view text);
std::string from_points(std::u32string_view points);

constexpr std::size_t sequence_length(char lead) {
  auto c = static_cast<unsigned char>(lead);
  return c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

// Byte offset of the n-th code point, at most the size.
std::size_t offset_of(std::string_view text, std::size_t n);

// Where the last code point of a text begins; the text is not empty.
constexpr std::size_t last_point_start(std::string_view text) {
  auto start = text.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return start;
}

bool is_printable(char32_t c);
bool is_alpha(char32_t c);
bool is_decimal(char32_t c);
// The value of a decimal digit of any script.
int decimal_value(char32_t c);
bool is_digit(char32_t c);
bool is_numeric(char32_t c);
bool is_space(char32_t c);  // str.isspace and str.split
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_title(char32_t c);
bool is_cased(char32_t c);
bool is_line_end(char32_t c);  // str.splitlines
bool is_identifier_start(char32_t c);
bool is_identifier_part(char32_t c);
inline bool is_alnum(char32_t c) { return is_alpha(c) || is_numeric(c); }
inline bool is_word(char32_t c) { return is_alnum(c) || c == '_'; }  // \w of re

// str.isupper and str.islower: some letter has a case, and none has the other one.
bool all_in_case(std::string_view text, bool upper_case);

std::string upper(std::string_view text);
std::string lower(std::string_view text);
// The same in place of a text that keeps its length: true when its letters are those of ASCII and Russian.
bool upper_simple(std::string_view text, char* out);
bool lower_simple(std::string_view text, char* out);
std::string title(std::string_view text);
std::string capitalize(std::string_view text);
std::string swapcase(std::string_view text);
std::string casefold(std::string_view text);

std::string_view strip(std::string_view text, bool left, bool right);  // white space

}  // namespace rb::jinja
