#pragma once
// A number as its decimal digits, rounded as JavaScript rounds: half up on the exact binary value. Pure.
#include <string>

namespace rb::plot {

// value = digits[0].digits[1]… × 10^exponent; "0" and 0 for zero. The value is finite and not negative.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

Decimal shortest_decimal(double value);                 // as few digits as tell it from its neighbours
Decimal rounded_decimal(double value, int digits);      // so many significant digits, 1..40
Decimal decimal_with_places(double value, int places);  // so many places after the point; digits may be "0"

// Digits and point, no exponent: {"125", 1} is "12.5". `places` after the point are filled with zeros; -1: as
// needed.
std::string plain(const Decimal& value, int places = -1);

}  // namespace rb::plot
