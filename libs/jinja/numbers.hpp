#pragma once
// Reading numbers: literals of templates, JSON, and what Python's int() and float() accept.
#include <cstddef>
#include <optional>
#include <string_view>

#include "jinja/objects.hpp"

namespace rb::jinja {

// 0 to 35 for a digit or an ASCII letter, else a value above any base.
constexpr unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'z' ? static_cast<unsigned>(c - 'a') + 10 : 99;
}

// Length of the literal at the start of `text`, 0 when there is none.
std::size_t match_integer_literal(std::string_view text);  // 12, 1_000, 0x1f, 0b1, 0o7
std::size_t match_real_literal(std::string_view text);     // 1.5, 1e3, 1_0.5

Value read_integer_literal(std::string_view text);
std::optional<double> read_real(std::string_view text);  // digits, '.', exponent, underscores; a whole match

// int(text, base) and float(text): sign, underscores between digits, white space around. nullopt: ValueError.
std::optional<Value> parse_integer(std::string_view text, int base);
std::optional<double> parse_real(std::string_view text);  // also inf, nan

}  // namespace rb::jinja
