#include "plot/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace rb::plot {
namespace {

// "1.25e+03" as digits and exponent.
Decimal from_scientific(std::string_view text) {
  auto e = text.find('e');
  Decimal out{{}, 0};
  std::ranges::copy_if(text.substr(0, e), std::back_inserter(out.digits), [](char c) { return c != '.'; });
  auto power = text.substr(e + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  std::from_chars(power.data(), power.data() + power.size(), out.exponent);
  return out;
}

// Enough digits to see on which side of a half the value lies.
Decimal exact_enough(double value) {
  std::array<char, 96> text{};
  int size = std::snprintf(text.data(), text.size(), "%.60e", value);
  return from_scientific({text.data(), static_cast<std::size_t>(size)});
}

// The first `count` digits, the last one rounded half up; a carry out of the first digit raises the exponent.
Decimal cut(Decimal value, std::size_t count) {
  if (count >= value.digits.size()) return value;
  bool up = value.digits[count] >= '5';
  value.digits.resize(count);
  if (!up) return value;
  auto at = value.digits.find_last_not_of('9');
  std::size_t kept = at == std::string::npos ? 0 : at + 1;
  std::fill(value.digits.begin() + static_cast<std::ptrdiff_t>(kept), value.digits.end(), '0');
  if (kept > 0) {
    ++value.digits[kept - 1];
    return value;
  }
  value.digits.insert(0, "1");
  ++value.exponent;
  return value;
}

}  // namespace

Decimal shortest_decimal(double value) {
  std::array<char, 40> text{};
  auto done = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
  return from_scientific({text.data(), static_cast<std::size_t>(done.ptr - text.data())});
}

Decimal rounded_decimal(double value, int digits) {
  auto out = cut(exact_enough(value), static_cast<std::size_t>(digits));
  out.digits.resize(static_cast<std::size_t>(digits), '0');
  return out;
}

Decimal decimal_with_places(double value, int places) {
  auto exact = exact_enough(value);
  int count = exact.exponent + 1 + places;
  if (count < 0) return {"0", 0};
  exact = cut(std::move(exact), static_cast<std::size_t>(count));
  if (exact.digits.empty()) return {"0", 0};
  return exact;
}

std::string plain(const Decimal& value, int places) {
  std::string out;
  if (value.exponent < 0) {
    out.append(static_cast<std::size_t>(-value.exponent), '0').append(value.digits);
  } else {
    out = value.digits;
    out.resize(std::max(out.size(), static_cast<std::size_t>(value.exponent) + 1), '0');
  }
  std::size_t whole = value.exponent < 0 ? 1 : static_cast<std::size_t>(value.exponent) + 1;
  if (places >= 0) out.resize(whole + static_cast<std::size_t>(places), '0');
  if (out.size() > whole) out.insert(whole, ".");
  return out;
}

}  // namespace rb::plot
