#include "plot/number_format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/strings.hpp"
#include "plot/decimal.hpp"

namespace rb::plot {
namespace {

constexpr std::array<std::string_view, 17> kSiPrefixes{"y", "z", "a", "f", "p", "n", "µ", "m", "",
                                                       "k", "M", "G", "T", "P", "E", "Z", "Y"};

std::string power_text(int exponent) {
  return (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

std::string scientific(Decimal value) {
  if (value.digits.size() > 1) value.digits.insert(1, ".");
  return value.digits + power_text(value.exponent);
}

// As Number.prototype.toPrecision.
std::string significant(double value, int digits) {
  auto rounded = rounded_decimal(value, digits);
  if (rounded.exponent < -6 || rounded.exponent >= digits) return scientific(std::move(rounded));
  return plain(rounded);
}

// With the prefix of its thousands: {"1.5", "k"}.
std::pair<std::string, std::string_view> with_prefix(double value, int digits) {
  auto rounded = rounded_decimal(value, digits);
  int group = std::clamp(static_cast<int>(std::floor(rounded.exponent / 3.0)), -8, 8);
  rounded.exponent -= group * 3;
  return {plain(rounded), kSiPrefixes[static_cast<std::size_t>(group + 8)]};
}

std::string in_base(double value, unsigned base, std::string_view figures = "0123456789abcdef") {
  auto rest = static_cast<std::uint64_t>(std::min(std::floor(value + 0.5), 9007199254740992.0));
  std::string out;
  do {
    out.insert(out.begin(), figures[rest % base]);
    rest /= base;
  } while (rest > 0);
  return out;
}

// Thousands parted; `width` makes the groups of leading zeros end there.
std::string grouped(std::string_view digits, std::string_view mark, std::size_t width = std::string::npos) {
  std::vector<std::string_view> parts;
  std::size_t length = 0, left = digits.size(), size = 3;
  while (left > 0) {
    if (width != std::string::npos && length + size + 1 > width)
      size = std::max<std::size_t>(1, width - length);
    auto taken = std::min(size, left);
    left -= taken;
    parts.insert(parts.begin(), digits.substr(left, taken));
    length += size + 1;
    if (length > width) break;
    size = 3;
  }
  std::string out;
  for (auto part : parts) out.append(out.empty() ? "" : mark).append(part);
  return out;
}

// plotly.js asks d3 for trimmed zeros where a format leaves the precision open.
std::string adjusted(std::string_view text) {
  if (text == "0.f") return "~f";
  auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  if (text.size() == 2 && digit(0) && (text[1] == '%' || text[1] == 's')) return {'~', text[1]};
  auto sign = text.substr(0, text.find_first_not_of("+-( ") == 1 ? 1 : 0);
  auto rest = text.substr(sign.size());
  bool open = !rest.empty() && !std::string_view("~,.0$#123456789").contains(rest[0]) &&
              rest.find_first_of("&fps") != std::string_view::npos && !rest.contains('.') &&
              !rest.contains('~');
  return std::string(sign) + (open ? "~" : "") + std::string(rest);
}

std::size_t points(std::string_view text) { return utf8_length(text); }

}  // namespace

Result<NumberFormat> NumberFormat::parse(std::string_view given) {
  auto text = adjusted(given);
  auto bad = [&] { return fail(Errc::invalid, "is not a number format: " + std::string(given)); };
  NumberFormat out;
  std::string_view rest = text;
  auto take = [&](std::string_view of) -> char {
    if (rest.empty() || !of.contains(rest[0])) return 0;
    char c = rest[0];
    rest.remove_prefix(1);
    return c;
  };
  auto number = [&](int& to) {
    int value = 0, digits = 0;
    for (char c = 0; (c = take("0123456789")) != 0 && digits < 4; ++digits) value = value * 10 + (c - '0');
    if (digits > 0) to = value;
    return digits > 0;
  };
  auto first = utf8_prefix(rest, 1);
  if (!first.empty() && rest.size() > first.size() && std::string_view("<>=^").contains(rest[first.size()])) {
    out.fill_ = first;
    rest.remove_prefix(first.size());
  }
  if (char c = take("<>=^")) out.align_ = c;
  if (char c = take("+-( ")) out.sign_ = c;
  out.symbol_ = take("$#");
  out.zero_ = take("0") != 0;
  number(out.width_);
  out.comma_ = take(",") != 0;
  if (take(".") != 0 && !number(out.precision_)) return bad();
  out.trim_ = take("~") != 0;
  out.type_ = take("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%");
  if (!rest.empty() || out.width_ > 100) return bad();
  if (out.type_ == 'n') out.comma_ = true, out.type_ = 'g';
  if (!std::string_view("%bdefgoprsXx").contains(out.type_) || out.type_ == 0) {
    out.type_ = 'g';
    out.trim_ = true;
    if (out.precision_ < 0) out.precision_ = 12;
  }
  if (out.zero_ || (out.fill_ == "0" && out.align_ == '='))
    out.zero_ = true, out.fill_ = "0", out.align_ = '=';
  bool counts_significant = std::string_view("gprs").contains(out.type_);
  if (out.precision_ < 0) out.precision_ = 6;
  out.precision_ = std::clamp(out.precision_, counts_significant ? 1 : 0, counts_significant ? 21 : 20);
  return out;
}

auto NumberFormat::written(double magnitude) const -> Digits {
  switch (type_) {
    case '%':
      return {fixed(magnitude * 100, precision_)};
    case 'f':
      return {fixed(magnitude, precision_)};
    case 'd':
      return {fixed(magnitude, 0)};
    case 'e':
      return {scientific(rounded_decimal(magnitude, precision_ + 1))};
    case 'g':
      return {significant(magnitude, precision_)};
    case 'p':
      return {plain(rounded_decimal(magnitude * 100, precision_))};
    case 'r':
      return {plain(rounded_decimal(magnitude, precision_))};
    case 's': {
      auto [digits, prefix] = with_prefix(magnitude, precision_);
      return {std::move(digits), prefix};
    }
    case 'b':
      return {in_base(magnitude, 2)};
    case 'o':
      return {in_base(magnitude, 8)};
    case 'X':
      return {in_base(magnitude, 16, "0123456789ABCDEF")};
    default:
      return {in_base(magnitude, 16)};
  }
}

auto NumberFormat::dressed(Digits number, bool negative, const Locale& locale, std::string_view minus) const
    -> Parts {
  constexpr std::string_view kInBase = "boxX";
  Parts out{"", std::move(number.text), std::string(number.si_prefix)};
  if (negative)
    out.prefix = sign_ == '(' ? "(" : std::string(minus);
  else if (sign_ == '+' || sign_ == ' ')
    out.prefix = sign_;
  if (symbol_ == '$') out.prefix += locale.currency_prefix, out.suffix += locale.currency_suffix;
  if (symbol_ == '#' && kInBase.contains(type_)) {
    out.prefix += '0';
    out.prefix += type_ == 'X' ? 'x' : type_;
  }
  if (type_ == '%' || type_ == 'p') out.suffix += locale.percent;
  if (negative && sign_ == '(') out.suffix += ')';
  if (kInBase.contains(type_)) return out;
  auto end = std::min(out.digits.find_first_not_of("0123456789"), out.digits.size());
  auto tail = out.digits.substr(end);
  if (tail.starts_with('.')) tail = locale.decimal + tail.substr(1);
  out.suffix.insert(0, tail);
  out.digits.resize(end);
  return out;
}

std::string NumberFormat::padded(Parts parts, const Locale& locale) const {
  auto& [prefix, digits, suffix] = parts;
  if (comma_ && !zero_) digits = grouped(digits, locale.thousands);
  auto length = points(prefix) + points(digits) + points(suffix), width = static_cast<std::size_t>(width_);
  std::string padding;
  for (std::size_t i = length; i < width; ++i) padding += fill_;
  if (comma_ && zero_) {
    digits = grouped(padding + digits, locale.thousands,
                     padding.empty() ? std::string::npos : width - points(suffix));
    padding.clear();
  }
  if (align_ == '<') return prefix + digits + suffix + padding;
  if (align_ == '=') return prefix + padding + digits + suffix;
  if (align_ != '^') return padding + prefix + digits + suffix;
  auto half = utf8_prefix(padding, points(padding) / 2);
  return half + prefix + digits + suffix + padding.substr(half.size());
}

std::string NumberFormat::operator()(double value, const Locale& locale, std::string_view minus) const {
  bool negative = std::signbit(value) && !std::isnan(value);
  Digits number;
  if (std::isfinite(value)) {
    number = written(std::abs(value));
    if (trim_) number.text = without_trailing_zeros(std::move(number.text));
    bool zero = number.text.substr(0, number.text.find('e')).find_first_not_of("0.") == std::string::npos;
    if (zero && sign_ != '+') negative = false;
  } else {
    number.text = std::isnan(value) ? "NaN" : "∞";
  }
  return padded(dressed(std::move(number), negative, locale, minus), locale);
}

std::string without_trailing_zeros(std::string text) {
  auto point = text.find('.');
  if (point == std::string::npos) return text;
  auto end = text.find_first_not_of("0123456789", point + 1);
  if (end == std::string::npos) end = text.size();
  auto last = text.find_last_not_of('0', end - 1);
  if (last == point) --last;
  text.erase(last + 1, end - last - 1);
  return text;
}

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : "∞";
  std::string text = plain(std::abs(value) >= 1e21 ? shortest_decimal(std::abs(value))
                                                   : decimal_with_places(std::abs(value), decimals),
                           std::abs(value) >= 1e21 ? -1 : decimals);
  bool zero = text.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !zero ? "-" + text : text;
}

std::string precise(double value, int digits) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : "∞";
  auto text = without_trailing_zeros(significant(std::abs(value), digits));
  return value < 0 ? "-" + text : text;
}

std::string localized(std::string_view decimals, const Locale& locale, bool always_group) {
  auto sign = decimals.substr(0, decimals.starts_with('-') ? 1 : 0);
  decimals.remove_prefix(sign.size());
  auto end = std::min(decimals.find_first_not_of("0123456789"), decimals.size());
  auto whole = decimals.substr(0, end), rest = decimals.substr(end);
  bool point = rest.starts_with('.');
  std::string out(sign);
  out += point || always_group || whole.size() > 4 ? grouped(whole, locale.thousands) : std::string(whole);
  if (point) rest.remove_prefix(1), out += locale.decimal;
  return out.append(rest);
}

}  // namespace rb::plot
