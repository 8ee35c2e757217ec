// The format specification mini-language: [[fill]align][sign][#][0][width][grouping][.precision][type]
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "jinja/bigint.hpp"
#include "jinja/format.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

constexpr std::int64_t kMaxNumber = 1'000'000'000'000;

struct Spec {
  std::string fill = " ";
  char align = 0, sign = 0, grouping = 0, type = 0;
  bool alternative = false, zero = false, negative_zero = true;
  std::int64_t width = 0;
  std::int64_t precision = -1;
};

bool is_align(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

class SpecReader {
 public:
  explicit SpecReader(std::string_view text) : text_(text) {}

  Spec read(std::string_view type_of_value) {
    Spec spec;
    read_align(spec);
    if (at_end()) return spec;
    if (peek() == '+' || peek() == '-' || peek() == ' ') spec.sign = take();
    if (!at_end() && peek() == 'z') spec.negative_zero = (take(), false);
    if (!at_end() && peek() == '#') spec.alternative = (take(), true);
    if (!at_end() && peek() == '0') {
      take();
      spec.zero = true;
      if (!aligned_) spec.fill = "0";
      if (!spec.align && type_of_value != "str") spec.align = '=';
    }
    spec.width = read_number(0);
    if (!at_end() && (peek() == ',' || peek() == '_')) spec.grouping = take();
    if (!at_end() && (peek() == ',' || peek() == '_')) bad_format("Cannot specify both ',' and '_'.");
    if (!at_end() && peek() == '.') {
      take();
      spec.precision = read_number(-1);
      if (spec.precision < 0) bad_format("Format specifier missing precision");
    }
    if (text_.size() - at_ > 1) bad_format("Invalid format specifier");
    if (!at_end()) spec.type = take();
    constexpr std::string_view grouped = "deEfFgG%", grouped_by_underscore = "boxX";
    bool may_group =
        !spec.type || grouped.find(spec.type) != std::string_view::npos ||
        (spec.grouping == '_' && grouped_by_underscore.find(spec.type) != std::string_view::npos);
    if (spec.grouping && !may_group)
      bad_format(std::string("Cannot specify '") + spec.grouping + "' with '" + spec.type + "'.");
    return spec;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return text_[at_]; }
  char take() { return text_[at_++]; }

  void read_align(Spec& spec) {
    if (text_.empty()) return;
    std::size_t next = 0;
    next_point(text_, next);
    if (next < text_.size() && is_align(text_[next])) {
      spec.fill = text_.substr(0, next);
      spec.align = text_[next];
      at_ = next + 1;
      aligned_ = true;
    } else if (is_align(text_[0])) {
      spec.align = take();
    }
  }

  std::int64_t read_number(std::int64_t otherwise) {
    if (at_end() || peek() < '0' || peek() > '9') return otherwise;
    std::int64_t n = 0;
    while (!at_end() && peek() >= '0' && peek() <= '9') {
      n = n * 10 + (take() - '0');
      if (n > kMaxNumber) bad_format("Too many decimal digits in format string");
    }
    return n;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool aligned_ = false;
};

std::string aligned(std::string_view text, const Spec& spec, char otherwise) {
  auto length = static_cast<std::int64_t>(to_points(text).size());
  if (spec.width <= length) return std::string(text);
  auto padding = static_cast<std::size_t>(spec.width - length);
  auto align = spec.align ? spec.align : otherwise;
  auto left = align == '<' ? 0 : align == '^' ? padding / 2 : padding;
  return pad(text, spec.fill, left, padding - left);
}

// How many digits stand before point or exponent. Groups of four are of other bases, which have letters.
std::size_t whole_digits(std::string_view number, std::size_t group) {
  return std::min(number.find_first_not_of(group == 3 ? "0123456789" : "0123456789abcdefABCDEF"),
                  number.size());
}

// sign and prefix, then digits: groups them, and pads between sign and digits for '='.
std::string finish_number(std::string_view sign, std::string digits, const Spec& spec, std::size_t group) {
  std::string separator(spec.grouping ? 1 : 0, spec.grouping);
  if (spec.align == '=' && spec.fill == "0" && spec.width > 0) {
    check_size(static_cast<std::size_t>(spec.width));
    auto room = static_cast<std::size_t>(
        std::max<std::int64_t>(spec.width - static_cast<std::int64_t>(sign.size()), 0));
    auto whole = whole_digits(digits, group);
    auto rest = digits.substr(whole);
    auto head = digits.substr(0, whole);
    if (separator.empty()) {
      if (head.size() + rest.size() < room) head.insert(0, room - head.size() - rest.size(), '0');
      return std::string(sign) + head + rest;
    }
    auto grouped_size = [&](std::size_t n) { return n + (n - 1) / group; };
    auto wanted = head.size();
    while (grouped_size(wanted) + rest.size() < room) ++wanted;
    head.insert(0, wanted - head.size(), '0');
    return std::string(sign) + group_digits(head, separator, group) + rest;
  }
  if (!separator.empty()) digits = group_digits(digits, separator, group);
  if (spec.align == '=') {
    auto size = static_cast<std::int64_t>(sign.size() + digits.size());
    auto padding = static_cast<std::size_t>(std::max<std::int64_t>(spec.width - size, 0));
    return std::string(sign) + pad("", spec.fill, padding, 0) + digits;
  }
  return aligned(std::string(sign) + digits, spec, '>');
}

std::string sign_of(bool negative, const Spec& spec) {
  if (negative) return "-";
  return spec.sign == '+' || spec.sign == ' ' ? std::string(1, spec.sign) : "";
}

std::string format_character(const Value& v, const Spec& spec) {
  if (spec.precision >= 0) bad_format("Precision not allowed in integer format specifier");
  if (spec.sign) bad_format("Sign not allowed with integer format specifier 'c'");
  if (spec.alternative) bad_format("Alternate form (#) not allowed with integer format specifier 'c'");
  if (!v.is(Type::integer) || v.integer() < 0 || v.integer() > 0x10FFFF)
    raise(ErrorKind::overflow, "%c arg not in range(0x110000)");
  std::string text;
  append_utf8(text, static_cast<char32_t>(v.integer()));
  return aligned(text, spec, '<');
}

std::string format_integer(const Value& v, const Spec& spec) {
  if (spec.type == 'c') return format_character(v, spec);
  if (spec.precision >= 0) bad_format("Precision not allowed in integer format specifier");
  if (!spec.negative_zero) bad_format("Negative zero coercion (z) not allowed in integer format specifier");
  int base = 10;
  std::string prefix;
  switch (spec.type) {
    case 'b':
      base = 2, prefix = "0b";
      break;
    case 'o':
      base = 8, prefix = "0o";
      break;
    case 'x':
      base = 16, prefix = "0x";
      break;
    case 'X':
      base = 16, prefix = "0X";
      break;
    default:
      break;
  }
  auto digits = big_text(v, base);
  bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  if (spec.type == 'X') digits = upper(digits);
  return finish_number(sign_of(negative, spec) + (spec.alternative ? prefix : ""), std::move(digits), spec,
                       base == 10 ? 3 : 4);
}

// The style without a type: the shortest digits, or `precision` significant ones, and a point. The
// alternative form keeps zeros, and has a point also in "1.e+22".
std::string format_plain_real(double d, std::int64_t precision, bool alternative) {
  if (precision < 0 || !std::isfinite(d)) {
    auto text = repr_real(d);
    if (alternative && std::isfinite(d) && text.find('.') == std::string::npos)
      text.insert(text.find('e'), ".");
    return text;
  }
  auto significant = static_cast<int>(std::max<std::int64_t>(precision, 1));
  auto scientific = format_real(d, 'e', significant - 1, alternative);
  auto exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  if (exponent < -4 || exponent >= significant - 1) {
    auto mantissa = scientific.substr(0, scientific.find('e'));
    if (!alternative && mantissa.find('.') != std::string::npos) {
      mantissa.erase(mantissa.find_last_not_of('0') + 1);
      if (mantissa.ends_with('.')) mantissa.pop_back();
    }
    return mantissa + scientific.substr(scientific.find('e'));
  }
  auto text = format_real(d, 'g', significant, alternative);
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string format_real_spec(double d, const Spec& spec) {
  check_size(static_cast<std::size_t>(std::max<std::int64_t>(spec.precision, 0)));
  if (spec.precision > 100'000'000) bad_format("precision too big");
  std::string digits;
  auto precision = static_cast<int>(spec.precision < 0 ? 6 : spec.precision);
  auto magnitude = std::abs(d);
  if (!spec.type)
    digits = format_plain_real(magnitude, spec.precision, spec.alternative);
  else if (spec.type == '%')
    digits = format_real(magnitude * 100, 'f', precision, spec.alternative) + "%";
  else
    digits = format_real(magnitude, spec.type == 'n' ? 'g' : spec.type, precision, spec.alternative);
  bool negative = std::signbit(d) && !std::isnan(d);
  if (negative && !spec.negative_zero && digits.find_first_of("123456789") == std::string::npos)
    negative = false;
  return finish_number(sign_of(negative, spec), std::move(digits), spec, 3);
}

std::string format_string(const Value& v, const Spec& spec) {
  if (spec.type && spec.type != 's')
    bad_format(std::string("Unknown format code '") + spec.type + "' for object of type 'str'");
  if (spec.sign) bad_format("Sign not allowed in string format specifier");
  if (!spec.negative_zero) bad_format("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternative) bad_format("Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') bad_format("'=' alignment not allowed in string format specifier");
  if (spec.grouping) bad_format(std::string("Cannot specify '") + spec.grouping + "' with 's'.");
  auto text = v.text();
  if (spec.precision >= 0) text = text.substr(0, offset_of(text, static_cast<std::size_t>(spec.precision)));
  return aligned(text, spec, '<');
}

// With '#': the point and trailing zeros stay.
std::string format_alternative(double d, char style, int precision) {
  char pattern[] = {'%', '#', '.', '*', style, 0};
  std::string out(static_cast<std::size_t>(std::snprintf(nullptr, 0, pattern, precision, d)), '\0');
  std::snprintf(out.data(), out.size() + 1, pattern, precision, d);
  return out;
}

// Amounts and marks mostly have as few decimals as are asked for. Then the number of their units (cents)
// divided again gives the same real, and, being closer to it than half a unit, is what rounding would find.
// Empty: not so.
std::string few_decimals(double d, int precision) {
  constexpr std::array<std::int64_t, 7> powers = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};
  constexpr auto largest = static_cast<double>(std::int64_t{1} << 50);
  auto decimals = static_cast<std::size_t>(precision);
  if (decimals >= powers.size() || std::signbit(d)) return {};
  auto power = powers[decimals];
  auto scaled = d * static_cast<double>(power) + 0.5;
  if (scaled > largest) return {};
  auto units = static_cast<std::int64_t>(scaled);
  if (static_cast<double>(units) / static_cast<double>(power) != d) return {};
  std::array<char, 32> text{};
  auto* end = std::to_chars(text.data(), text.data() + text.size(), units / power).ptr;
  if (decimals > 0) *end++ = '.';
  for (; decimals > 0; --decimals) *end++ = static_cast<char>('0' + units / powers[decimals - 1] % 10);
  return {text.data(), end};
}

}  // namespace

std::string format_real(double d, char style, int precision, bool alternative) {
  if (!std::isfinite(d)) {
    auto text = repr_real(d);
    return style >= 'A' && style <= 'Z' ? upper(text) : text;
  }
  bool fixed = style == 'f' || style == 'F';
  if (fixed && !alternative)
    if (auto digits = few_decimals(d, precision); !digits.empty()) return digits;
  auto format = fixed                          ? std::chars_format::fixed
                : style == 'e' || style == 'E' ? std::chars_format::scientific
                                               : std::chars_format::general;
  if (alternative) return format_alternative(d, style, precision);
  constexpr std::size_t longest_whole = 320;  // digits before the point, sign and exponent
  std::array<char, 512> small;
  std::string large;
  auto size = longest_whole + static_cast<std::size_t>(precision);
  if (size > small.size()) large.resize(size);
  auto* begin = large.empty() ? small.data() : large.data();
  std::string out(
      begin,
      std::to_chars(begin, begin + (large.empty() ? small.size() : large.size()), d, format, precision).ptr);
  return style >= 'A' && style <= 'Z' ? upper(out) : out;
}

std::string group_digits(std::string_view number, std::string_view separator, std::size_t group) {
  auto whole = whole_digits(number, group);
  std::string out;
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % group == 0) out += separator;
    out += number[i];
  }
  out += number.substr(whole);
  return out;
}

std::string format_value(const Value& v, std::string_view spec_text) {
  if (spec_text.empty()) return str(v);
  auto type = type_name(v);
  if (v.is_text()) return format_string(v, SpecReader(spec_text).read("str"));
  if (!v.is_number())
    raise(ErrorKind::type, "unsupported format string passed to " + std::string(type) + ".__format__");
  auto spec = SpecReader(spec_text).read(type);
  constexpr std::string_view real_types = "eEfFgG%", integer_types = "bcdoxXn";
  if (real_types.find(spec.type) != std::string_view::npos && spec.type)
    return format_real_spec(to_real(v), spec);
  if (v.is(Type::real)) {
    if (spec.type && spec.type != 'n')
      bad_format(std::string("Unknown format code '") + spec.type + "' for object of type 'float'");
    return format_real_spec(v.real(), spec);
  }
  if (spec.type && integer_types.find(spec.type) == std::string_view::npos)
    bad_format(std::string("Unknown format code '") + spec.type + "' for object of type 'int'");
  return format_integer(v.is(Type::boolean) ? Value(v.integer()) : v, spec);
}

}  // namespace rb::jinja
