#pragma once
// Numbers as d3-format writes them: [[fill]align][sign][symbol][0][width][,][.precision][~][type], the types
// % b d e f g n o p r s x X and none. Rounding is that of JavaScript: half away from zero on the exact value.
// Pure, thread-safe.
// Source: github.com/d3/d3-format (README), ECMA-262 Number.prototype.toFixed and its kin.
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "plot/locale.hpp"

namespace rb::plot {

class NumberFormat {
 public:
  // Errc::invalid for a text that is no such format. Like plotly.js, types f, p and s without a precision
  // trim zeros.
  static Result<NumberFormat> parse(std::string_view text);

  // `minus`: "-" as d3 writes it; axes and numbers on charts use "−".
  std::string operator()(double value, const Locale& locale, std::string_view minus = "-") const;

 private:
  struct Digits {
    std::string text;
    std::string_view si_prefix = {};
  };
  struct Parts {
    std::string prefix, digits, suffix;
  };
  Digits written(double magnitude) const;  // of what is finite and not negative
  Parts dressed(Digits number, bool negative, const Locale& locale, std::string_view minus) const;
  std::string padded(Parts parts, const Locale& locale) const;

  std::string fill_ = " ";
  char align_ = '>', sign_ = '-', symbol_ = 0, type_ = 0;
  bool zero_ = false, comma_ = false, trim_ = false;
  int width_ = 0, precision_ = -1;
};

// "1.50" → "1.5", "1.200e+3" → "1.2e+3", "1.00" → "1".
std::string without_trailing_zeros(std::string text);

// JavaScript's Number.prototype.toFixed and toPrecision, the latter without trailing zeros; plain decimals
// with a point.
std::string fixed(double value, int decimals);
std::string precise(double value, int digits);

// Plain decimals as a language writes them. Like plotly.js, groups start at 10 000 (years stay whole) unless
// `always_group`.
std::string localized(std::string_view decimals, const Locale& locale, bool always_group = false);

}  // namespace rb::plot
