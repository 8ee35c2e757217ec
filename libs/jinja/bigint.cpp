#include "jinja/bigint.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>

#include "jinja/numbers.hpp"

namespace rb::jinja {

using Integer = boost::multiprecision::cpp_int;

struct Big : Object {
  explicit Big(Integer v)
      : number(std::move(v)), size(number.backend().size() * sizeof(boost::multiprecision::limb_type)) {
    charge_memory(size);
  }
  ~Big() { release_memory(size); }
  Big(const Big&) = delete;
  Big& operator=(const Big&) = delete;
  Integer number;
  std::size_t size;
};

namespace {

constexpr std::size_t kMaxBits = 1U << 20;
constexpr std::size_t kMaxTextBits = 14'300;  // a little more than 4300 decimal digits
constexpr std::size_t kMaxTextDigits = 4300;

Integer number(const Value& v) {
  return v.is(Value::Type::big) ? static_cast<const Big*>(v.object())->number : Integer(v.integer());
}

std::size_t bits(const Integer& n) { return n == 0 ? 0 : boost::multiprecision::msb(abs(n)) + 1; }

Value value(Integer n) {
  if (n >= std::numeric_limits<std::int64_t>::min() && n <= std::numeric_limits<std::int64_t>::max())
    return Value(static_cast<std::int64_t>(n));
  if (bits(n) > kMaxBits) raise(ErrorKind::memory_limit, "an integer grows beyond any use");
  return Value::adopt(Value::Type::big, new Big(std::move(n)));
}

// Correctly rounded. Boost's own conversion ends the process when the number is too large for a double.
double to_real(const Integer& n) {
  constexpr std::size_t kept = 64;
  const Integer magnitude = abs(n);
  auto size = bits(n), shift = size > kept ? size - kept : 0;
  auto top = static_cast<std::uint64_t>(Integer(magnitude >> shift));
  if (shift > 0 && boost::multiprecision::lsb(magnitude) < shift) top |= 1;  // sticky bit
  auto d = std::ldexp(static_cast<double>(top), static_cast<int>(shift));
  if (n < 0) d = -d;
  if (std::isinf(d)) raise(ErrorKind::overflow, "int too large to convert to float");
  return d;
}

// Correctly rounded quotient even where both operands exceed a double.
double true_quotient(const Integer& a, const Integer& b) {
  if (b == 0) raise(ErrorKind::zero_division, "division by zero");
  auto shift = static_cast<long>(bits(b)) - static_cast<long>(bits(a)) + 66;
  Integer top = abs(a), bottom = abs(b);
  if (shift > 0) top <<= static_cast<std::size_t>(shift);
  if (shift < 0) bottom <<= static_cast<std::size_t>(-shift);
  Integer rest, quotient;
  boost::multiprecision::divide_qr(top, bottom, quotient, rest);
  if (rest != 0) quotient |= 1;  // sticky bit below the rounding position
  auto result = std::ldexp(quotient.convert_to<double>(), static_cast<int>(-shift));
  if (std::isinf(result)) raise(ErrorKind::overflow, "integer division result too large for a float");
  return (a < 0) != (b < 0) ? -result : result;
}

void floor_divide(const Integer& a, const Integer& b, Integer& quotient, Integer& rest) {
  if (b == 0) raise(ErrorKind::zero_division, "integer division or modulo by zero");
  boost::multiprecision::divide_qr(a, b, quotient, rest);
  if (rest != 0 && (rest < 0) != (b < 0)) {
    --quotient;
    rest += b;
  }
}

Value power(const Integer& a, const Integer& b) {
  if (b < 0) {
    if (a == 0) raise(ErrorKind::zero_division, "0.0 cannot be raised to a negative power");
    return Value(std::pow(to_real(a), to_real(b)));
  }
  if (a == 0 || a == 1 || a == -1)
    return value(b == 0 ? Integer(1) : a == -1 && (b & 1) == 0 ? Integer(1) : a);
  if (b > kMaxBits || bits(a) * static_cast<std::size_t>(b) > kMaxBits + 64)
    raise(ErrorKind::memory_limit, "an integer grows beyond any use");
  charge_steps(bits(a) * static_cast<std::size_t>(b) / 256);
  return value(boost::multiprecision::pow(a, static_cast<unsigned>(b)));
}

}  // namespace

void destroy_big(Object* object) { delete static_cast<Big*>(object); }

Value big_arithmetic(Arithmetic op, const Value& a, const Value& b) {
  auto x = number(a), y = number(b);
  charge_steps((bits(x) + bits(y)) / 512);
  Integer quotient, rest;
  switch (op) {
    case Arithmetic::add:
      return value(x + y);
    case Arithmetic::subtract:
      return value(x - y);
    case Arithmetic::multiply:
      return value(x * y);
    case Arithmetic::divide:
      return Value(true_quotient(x, y));
    case Arithmetic::floor_divide:
      floor_divide(x, y, quotient, rest);
      return value(quotient);
    case Arithmetic::modulo:
      floor_divide(x, y, quotient, rest);
      return value(rest);
    case Arithmetic::power:
      return power(x, y);
  }
  return {};
}

Value big_negate(const Value& a) { return value(-number(a)); }
Value big_absolute(const Value& a) { return value(abs(number(a))); }
int big_compare(const Value& a, const Value& b) { return number(a).compare(number(b)); }

std::partial_ordering big_compare(const Value& a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (std::isinf(b)) return b > 0 ? std::partial_ordering::less : std::partial_ordering::greater;
  auto whole = std::floor(b);
  auto order = number(a).compare(Integer(whole));
  if (order == 0 && whole != b) return std::partial_ordering::less;
  return order <=> 0;
}

double big_to_real(const Value& a) { return to_real(number(a)); }
Value big_from_real(double whole) {
  if (std::isnan(whole)) raise(ErrorKind::value, "cannot convert float NaN to integer");
  if (std::isinf(whole)) raise(ErrorKind::overflow, "cannot convert float infinity to integer");
  return value(Integer(whole));
}
bool big_negative(const Value& a) { return number(a) < 0; }

std::uint32_t big_hash(const Value& a) { return static_cast<std::uint32_t>(abs(number(a)) % 4294967291U); }

Value big_parse(std::string_view digits, int base, bool negative) {
  if (base == 10 && digits.size() > kMaxTextDigits)
    raise(ErrorKind::value, "Exceeds the limit (4300 digits) for integer string conversion");
  charge_steps(digits.size() * digits.size() / 4096);
  check_size(digits.size());
  Integer n = 0;
  for (char c : digits) {
    n *= base;
    n += digit_value(c);
  }
  return value(negative ? -n : n);
}

std::string big_text(const Value& a, int base) {
  if (base == 10 && !a.is(Value::Type::big)) return std::to_string(a.integer());
  auto n = number(a);
  if (base == 10) {
    if (bits(n) > kMaxTextBits)
      raise(ErrorKind::value, "Exceeds the limit (4300 digits) for integer string conversion");
    auto text = n.str();
    if (text.size() > kMaxTextDigits + (n < 0))
      raise(ErrorKind::value, "Exceeds the limit (4300 digits) for integer string conversion");
    return text;
  }
  charge_steps(bits(n) / 64);
  std::vector<unsigned char> digits;
  boost::multiprecision::export_bits(Integer(abs(n)), std::back_inserter(digits),
                                     base == 16  ? 4
                                     : base == 8 ? 3
                                                 : 1);
  std::string text(n < 0 ? "-" : "");
  for (auto digit : digits) text += "0123456789abcdef"[digit];
  return text;
}

Value big_round(const Value& a, std::int64_t digits) {
  if (digits > 5000) return Value(0);
  auto n = number(a);
  Integer unit = boost::multiprecision::pow(Integer(10), static_cast<unsigned>(digits));
  Integer quotient, rest;
  floor_divide(n, unit, quotient, rest);
  auto twice = rest * 2;
  if (twice > unit || (twice == unit && (quotient & 1) != 0)) ++quotient;
  return value(quotient * unit);
}

}  // namespace rb::jinja
