#include "jinja/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "base/strings.hpp"
#include "jinja/bigint.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

// "digit (_? digit)*" from `at`; returns its end, or `at` when there is no digit.
std::size_t digits_end(std::string_view text, std::size_t at, int base, bool leading_underscore = false) {
  auto end = at;
  while (end < text.size()) {
    auto p = end;
    if (text[p] == '_' && (end > at || leading_underscore)) ++p;
    if (p >= text.size() || digit_value(text[p]) >= static_cast<unsigned>(base)) break;
    end = p + 1;
  }
  return end;
}

std::string without_underscores(std::string_view text) {
  std::string out(text);
  std::erase(out, '_');
  return out;
}

int prefix_base(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (text[1] | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

Value to_integer(std::string_view digits, int base, bool negative) {
  std::int64_t small = 0;
  auto text = (negative ? "-" : "") + std::string(digits);
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), small, base);
  if (error == std::errc()) return Value(small);
  return big_parse(digits, base, negative);
}

// Digits of other scripts count as digits.
std::string ascii_digits(std::string_view text) {
  std::string out;
  text = strip(text, true, true);
  for (std::size_t at = 0; at < text.size();) {
    auto from = at;
    auto point = next_point(text, at);
    if (point >= 0x80 && is_decimal(point))
      out += static_cast<char>('0' + decimal_value(point));
    else
      out += text.substr(from, at - from);
  }
  return out;
}

std::string_view take_sign(std::string_view text, bool& negative) {
  negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return text;
}

}  // namespace

std::size_t match_integer_literal(std::string_view text) {
  if (text.empty() || text[0] < '0' || text[0] > '9') return 0;
  if (auto base = prefix_base(text)) {
    auto end = digits_end(text, 2, base, true);
    if (end > 2) return end;
  }
  if (text[0] == '0') return digits_end(text, 0, 1);
  return digits_end(text, 0, 10);
}

std::size_t match_real_literal(std::string_view text) {
  auto end = digits_end(text, 0, 10);
  if (end == 0) return 0;
  bool fraction = false;
  if (end + 1 < text.size() && text[end] == '.') {
    auto after = digits_end(text, end + 1, 10);
    fraction = after > end + 1;
    if (fraction) end = after;
  }
  if (end < text.size() && (text[end] | 0x20) == 'e') {
    auto p = end + 1;
    if (p < text.size() && (text[p] == '+' || text[p] == '-')) ++p;
    auto after = digits_end(text, p, 10);
    if (after > p) return after;
  }
  return fraction ? end : 0;
}

Value read_integer_literal(std::string_view text) {
  auto base = prefix_base(text);
  auto digits = without_underscores(base ? text.substr(2) : text);
  return to_integer(digits, base ? base : 10, false);
}

std::optional<double> read_real(std::string_view text) {
  auto plain = without_underscores(text);
  double d = 0;
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), d);
  if (end != plain.data() + plain.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return std::strtod(plain.c_str(), nullptr);
  return error == std::errc() ? std::optional(d) : std::nullopt;
}

std::optional<Value> parse_integer(std::string_view spelled, int base) {
  bool negative = false;
  auto digits = ascii_digits(spelled);
  auto text = take_sign(digits, negative);
  auto prefix = prefix_base(text);
  if (prefix && (base == 0 || base == prefix)) {
    base = prefix;
    text.remove_prefix(2);
    if (text.starts_with('_')) text.remove_prefix(1);
  } else if (base == 0) {
    base = 10;
    if (text.starts_with('0') && text.find_first_not_of("0_") != std::string_view::npos) return std::nullopt;
  }
  if (text.empty() || digits_end(text, 0, base) != text.size()) return std::nullopt;
  return to_integer(without_underscores(text), base, negative);
}

std::optional<double> parse_real(std::string_view spelled) {
  bool negative = false;
  auto digits = ascii_digits(spelled);
  auto text = take_sign(digits, negative);
  auto word = ascii_lower(text);
  double d = 0;
  if (word == "inf" || word == "infinity") {
    d = std::numeric_limits<double>::infinity();
  } else if (word == "nan") {
    d = std::numeric_limits<double>::quiet_NaN();
  } else {
    auto whole = digits_end(text, 0, 10);
    bool trailing_dot = whole > 0 && whole < text.size() && text[whole] == '.';
    bool leading_dot = text.starts_with('.');
    auto padded = leading_dot ? "0" + std::string(text) : std::string(text);
    if (trailing_dot && (whole + 1 == text.size() || (text[whole + 1] | 0x20) == 'e'))
      padded.insert(whole + 1, "0");
    auto size = std::max(match_real_literal(padded), digits_end(padded, 0, 10));
    if (size == 0 || size != padded.size()) return std::nullopt;
    auto read = read_real(padded);
    if (!read) return std::nullopt;
    d = *read;
  }
  return negative ? -d : d;
}

}  // namespace rb::jinja
