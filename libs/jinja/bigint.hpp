#pragma once
// Integers of any size, on Boost.Multiprecision (kept in bigint.cpp: its headers are heavy). A result that
// fits 64 bits is always a plain Value integer. Results above 1 Mbit raise MemoryError, as no template needs
// them.
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "jinja/objects.hpp"

namespace rb::jinja {

enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide, floor_divide, modulo, power };

// Both operands are integers (boolean, integer or big). `divide` and a negative power give a real.
Value big_arithmetic(Arithmetic op, const Value& a, const Value& b);
Value big_negate(const Value& a);
Value big_absolute(const Value& a);
int big_compare(const Value& a, const Value& b);
std::partial_ordering big_compare(const Value& a, double b);
double big_to_real(const Value& a);  // OverflowError when too large
// Of a double without a fraction; ValueError, OverflowError for nan and infinity.
Value big_from_real(double whole);
std::uint32_t big_hash(const Value& a);
bool big_negative(const Value& a);
void destroy_big(Object* object);

// `digits` are valid in `base` (2..36), without sign or underscores.
Value big_parse(std::string_view digits, int base, bool negative);
// ValueError above 4300 decimal digits, as Python does.
std::string big_text(const Value& a, int base = 10);  // 2, 8, 10 or 16
// round(a, -digits), half to even
Value big_round(const Value& a, std::int64_t digits);

}  // namespace rb::jinja
