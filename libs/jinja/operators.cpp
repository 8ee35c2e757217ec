#include "jinja/operators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "jinja/compare.hpp"
#include "jinja/percent_format.hpp"
#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

constexpr const char* kSigns[] = {"+", "-", "*", "/", "//", "%", "** or pow()"};

bool is_integer(const Value& v) { return v.is(Type::integer) || v.is(Type::boolean); }

[[noreturn]] void unsupported(Arithmetic op, const Value& a, const Value& b) {
  raise(ErrorKind::type, "unsupported operand type(s) for " + std::string(kSigns[static_cast<int>(op)]) +
                             ": '" + std::string(type_name(a)) + "' and '" + std::string(type_name(b)) + "'");
}

std::int64_t floor_quotient(std::int64_t a, std::int64_t b) {
  auto q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

Value integers(Arithmetic op, const Value& left, const Value& right) {
  auto a = left.integer(), b = right.integer();
  std::int64_t result = 0;
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  switch (op) {
    case Arithmetic::add:
      if (!__builtin_add_overflow(a, b, &result)) return Value(result);
      break;
    case Arithmetic::subtract:
      if (!__builtin_sub_overflow(a, b, &result)) return Value(result);
      break;
    case Arithmetic::multiply:
      if (!__builtin_mul_overflow(a, b, &result)) return Value(result);
      break;
    case Arithmetic::divide:
      if (b != 0 && std::max(std::abs(a + (a == lowest)), std::abs(b + (b == lowest))) <= exact)
        return Value(static_cast<double>(a) / static_cast<double>(b));
      break;
    case Arithmetic::floor_divide:
      if (b != 0 && a != lowest) return Value(floor_quotient(a, b));
      break;
    case Arithmetic::modulo:
      if (b != 0 && a != lowest) return Value(a - b * floor_quotient(a, b));
      break;
    case Arithmetic::power:
      break;
  }
  return big_arithmetic(op, left, right);
}

// Python's float divmod: the rest has the sign of the divisor.
void floor_divide(double a, double b, double& quotient, double& rest) {
  rest = std::fmod(a, b);
  quotient = (a - rest) / b;
  if (rest != 0) {
    if ((b < 0) != (rest < 0)) {
      rest += b;
      quotient -= 1;
    }
  } else {
    rest = std::copysign(0.0, b);
  }
  if (quotient != 0) {
    auto whole = std::floor(quotient);
    if (quotient - whole > 0.5) whole += 1;
    quotient = whole;
  } else {
    quotient = std::copysign(0.0, a / b);
  }
}

double real_power(double a, double b) {
  if (a == 0 && b < 0) raise(ErrorKind::zero_division, "0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && std::floor(b) != b)
    raise(ErrorKind::type, "a root of a negative number is a complex number, which templates do not have");
  auto result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b))
    raise(ErrorKind::overflow, "(34, 'Numerical result out of range')");
  return result;
}

Value reals(Arithmetic op, double a, double b) {
  double quotient = 0, rest = 0;
  switch (op) {
    case Arithmetic::add:
      return Value(a + b);
    case Arithmetic::subtract:
      return Value(a - b);
    case Arithmetic::multiply:
      return Value(a * b);
    case Arithmetic::divide:
      if (b == 0) raise(ErrorKind::zero_division, "float division by zero");
      return Value(a / b);
    case Arithmetic::power:
      return Value(real_power(a, b));
    case Arithmetic::floor_divide:
      if (b == 0) raise(ErrorKind::zero_division, "float floor division by zero");
      floor_divide(a, b, quotient, rest);
      return Value(quotient);
    case Arithmetic::modulo:
      if (b == 0) raise(ErrorKind::zero_division, "float modulo");
      floor_divide(a, b, quotient, rest);
      return Value(rest);
  }
  return {};
}

Value numbers(Arithmetic op, const Value& a, const Value& b) {
  if (is_integer(a) && is_integer(b)) return integers(op, a, b);
  if (a.is(Type::real) || b.is(Type::real)) return reals(op, to_real(a), to_real(b));
  return big_arithmetic(op, a, b);
}

Value join_texts(const Value& a, const Value& b) {
  bool markup = a.is(Type::markup) || b.is(Type::markup);
  Value left = markup ? escape(a) : a, right = markup ? escape(b) : b;
  auto* out = Str::make(left.str().size + std::size_t{right.str().size});
  auto end = std::ranges::copy(left.text(), out->data()).out;
  std::ranges::copy(right.text(), end);
  return Value::adopt(markup ? Type::markup : Type::string, out);
}

Value add_sequences(const Value& a, const Value& b) {
  Values items;
  const auto& x = a.items().items;
  const auto& y = b.items().items;
  charge_steps((x.size() + y.size()) / 4);
  items.reserve(x.size() + y.size());
  items.insert(items.end(), x.begin(), x.end());
  items.insert(items.end(), y.begin(), y.end());
  return a.is(Type::list) ? make_list(std::move(items)) : make_tuple(std::move(items));
}

bool is_sequence(const Value& v) { return v.is_text() || v.is(Type::list) || v.is(Type::tuple); }

std::int64_t repetition(const Value& times) {
  if (times.is(Type::big)) raise(ErrorKind::overflow, "cannot fit 'int' into an index-sized integer");
  return std::max<std::int64_t>(times.integer(), 0);
}

Value repeat(const Value& sequence, const Value& times) {
  if (!is_integer(times) && !times.is(Type::big))
    raise(ErrorKind::type,
          "can't multiply sequence by non-int of type '" + std::string(type_name(times)) + "'");
  auto n = repetition(times);
  if (sequence.is_text()) return repeat_text(sequence, n);
  const auto& items = sequence.items().items;
  Values out;
  if (!items.empty() && n > 0) {
    check_size(items.size() * sizeof(Value), static_cast<std::size_t>(n));
    out.reserve(items.size() * static_cast<std::size_t>(n));
    for (; n > 0; --n) out.insert(out.end(), items.begin(), items.end());
  }
  return sequence.is(Type::list) ? make_list(std::move(out)) : make_tuple(std::move(out));
}

Value slice_text(const Value& v, const Value& start, const Value& stop, const Value& step) {
  const auto& text = v.str();
  auto range = slice_bounds(text.length(), start, stop, step);
  Str* out = nullptr;
  if (range.step == 1) {
    auto size = static_cast<std::size_t>(std::max<std::int64_t>(range.stop - range.start, 0));
    auto view = text.view();
    if (text.ascii()) {
      out = Str::make(view.substr(static_cast<std::size_t>(range.start), size));
    } else {
      auto from = offset_of(view, static_cast<std::size_t>(range.start));
      out = Str::make(view.substr(from, offset_of(view.substr(from), size)));
    }
  } else {
    auto points = to_points(text.view());
    std::string picked;
    visit_indices(range, [&](std::size_t i) { append_utf8(picked, points[i]); });
    out = Str::make(picked);
  }
  return Value::adopt(v.type(), out);
}

}  // namespace

SliceBounds slice_bounds(std::int64_t size, const Value& start, const Value& stop, const Value& step) {
  auto n = step.is(Type::none) ? 1 : to_index(step);
  if (n == 0) raise(ErrorKind::value, "slice step cannot be zero");
  auto low = n < 0 ? std::int64_t{-1} : 0, high = n < 0 ? size - 1 : size;
  auto bound = [&](const Value& v, std::int64_t otherwise) {
    if (v.is(Type::none)) return otherwise;
    auto at = to_index(v);
    return std::clamp(at < 0 ? at + size : at, low, high);
  };
  return {bound(start, n < 0 ? high : low), bound(stop, n < 0 ? low : high), n};
}

double to_real(const Value& number) {
  if (number.is(Type::real)) return number.real();
  if (number.is(Type::big)) return big_to_real(number);
  return static_cast<double>(number.integer());
}

std::int64_t to_index(const Value& v) {
  if (is_integer(v)) return v.integer();
  constexpr auto far = std::int64_t{1} << 62;
  if (v.is(Type::big)) return big_negative(v) ? -far : far;
  raise(ErrorKind::type, "'" + std::string(type_name(v)) + "' object cannot be interpreted as an integer");
}

std::int64_t to_amount(const Value& v) {
  if (v.is(Type::undefined)) v.undefined().fail();
  return to_index(v);
}

Value repeat_text(const Value& text, std::int64_t times) {
  auto part = text.text();
  check_size(part.size(), static_cast<std::size_t>(times));
  auto* out = Str::make(part.size() * static_cast<std::size_t>(times));
  for (auto* at = out->data(); times > 0 && !part.empty(); --times) at = std::ranges::copy(part, at).out;
  return Value::adopt(text.type(), out);
}

Value arithmetic(Arithmetic op, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return numbers(op, a, b);
  if (op == Arithmetic::modulo && a.is_text()) return percent_format(a, b);
  if (a.is(Type::undefined)) a.undefined().fail();
  if (b.is(Type::undefined)) b.undefined().fail();
  if (op == Arithmetic::add) {
    if (a.is_text() && b.is_text()) return join_texts(a, b);
    if (a.type() == b.type() && is_sequence(a)) return add_sequences(a, b);
    if (a.is_text())
      raise(ErrorKind::type, "can only concatenate str (not \"" + std::string(type_name(b)) + "\") to str");
    if (is_sequence(a))
      raise(ErrorKind::type, "can only concatenate " + std::string(type_name(a)) + " (not \"" +
                                 std::string(type_name(b)) + "\") to " + std::string(type_name(a)));
  }
  if (op == Arithmetic::multiply) {
    if (is_sequence(a)) return repeat(a, b);
    if (is_sequence(b)) return repeat(b, a);
  }
  unsupported(op, a, b);
}

Value negate(const Value& v) {
  if (v.is(Type::real)) return Value(-v.real());
  if (v.is_number())
    return is_integer(v) && v.integer() != std::numeric_limits<std::int64_t>::min() ? Value(-v.integer())
                                                                                    : big_negate(v);
  if (v.is(Type::undefined)) v.undefined().fail();
  raise(ErrorKind::type, "bad operand type for unary -: '" + std::string(type_name(v)) + "'");
}

Value affirm(const Value& v) {
  if (v.is(Type::boolean)) return Value(v.integer());
  if (v.is_number()) return v;
  if (v.is(Type::undefined)) v.undefined().fail();
  raise(ErrorKind::type, "bad operand type for unary +: '" + std::string(type_name(v)) + "'");
}

Value absolute(const Value& v) {
  if (v.is(Type::real)) return Value(std::abs(v.real()));
  if (is_integer(v) && v.integer() >= 0) return Value(v.integer());
  if (v.is_number()) return big_absolute(v);
  raise(ErrorKind::type, "bad operand type for abs(): '" + std::string(type_name(v)) + "'");
}

Value slice(const Value& v, const Value& start, const Value& stop, const Value& step) {
  if (v.is(Type::undefined)) v.undefined().fail();
  if (v.is_text()) return slice_text(v, start, stop, step);
  if (v.is(Type::thing))
    if (auto part = v.thing().cut(start, stop, step)) return *part;
  if (v.is(Type::dict)) raise(ErrorKind::type, "unhashable type: 'slice'");
  if (!is_sequence(v))
    raise(ErrorKind::type, "'" + std::string(type_name(v)) + "' object is not subscriptable");
  const auto& items = v.items().items;
  Values out;
  visit_indices(slice_bounds(static_cast<std::int64_t>(items.size()), start, stop, step),
                [&](std::size_t i) { out.push_back(items[i]); });
  charge_steps(out.size() / 4);
  return v.is(Type::list) ? make_list(std::move(out)) : make_tuple(std::move(out));
}

}  // namespace rb::jinja
