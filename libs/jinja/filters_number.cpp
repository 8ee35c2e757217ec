// abs, int, float, round, filesizeformat
#include <algorithm>
#include <array>
#include <cmath>

#include "jinja/bigint.hpp"
#include "jinja/compare.hpp"
#include "jinja/format.hpp"
#include "jinja/numbers.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/registry.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

Value abs_filter(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("abs", arguments, 0, 0);
  return absolute(input);
}

Value whole_of(double d) { return big_from_real(std::trunc(d)); }

// float(v); nullopt where Python raises ValueError or TypeError.
std::optional<double> real_of(const Value& v) {
  if (v.is(Type::undefined)) v.undefined().fail();
  if (v.is_number()) return to_real(v);
  return v.is_text() ? parse_real(v.text()) : std::nullopt;
}

Value int_filter(Interpreter&, const Value& input, Arguments& arguments) {
  auto [otherwise, base] = bind("do_int", {"default", "base"}, 0, arguments);
  auto fallback = given(otherwise, Value(0));
  if (input.is(Type::undefined)) input.undefined().fail();
  if (input.is(Type::real)) return std::isnan(input.real()) ? fallback : whole_of(input.real());
  if (input.is_number()) return affirm(input);
  if (!input.is_text()) return fallback;
  auto radix = !base.is_given() ? 10 : base.is(Type::integer) ? base.integer() : -1;
  if (radix == 0 || (radix >= 2 && radix <= 36))
    if (auto n = parse_integer(input.text(), static_cast<int>(radix))) return *n;
  auto d = parse_real(input.text());
  return d && !std::isnan(*d) ? whole_of(*d) : fallback;
}

Value float_filter(Interpreter&, const Value& input, Arguments& arguments) {
  auto [otherwise] = bind("do_float", {"default"}, 0, arguments);
  auto d = real_of(input);
  return d ? Value(*d) : given(otherwise, Value(0.0));
}

// Correctly rounded at a decimal place, as Python's round(): through the decimal text of the exact value.
double round_real(double d, std::int64_t digits) {
  if (!std::isfinite(d) || digits > 323) return d;
  if (digits < -308) return std::copysign(0.0, d);
  if (digits >= 0) {
    auto text = format_real(d, 'f', static_cast<int>(digits), false);
    return *read_real(text.starts_with('-') ? text.substr(1) : text) * (std::signbit(d) ? -1 : 1);
  }
  auto unit = std::pow(10.0, static_cast<double>(-digits));
  auto scaled = d / unit;
  auto rounded = std::nearbyint(scaled) * unit;
  if (std::isinf(rounded)) raise(ErrorKind::overflow, "rounded value too large to represent");
  return rounded;
}

Value round_common(const Value& input, const Value& precision) {
  auto digits = to_index(precision);
  if (input.is(Type::real)) return Value(round_real(input.real(), digits));
  if (!input.is_number())
    raise(ErrorKind::type, "type " + std::string(type_name(input)) + " doesn't define __round__ method");
  return digits >= 0 ? affirm(input) : big_round(input, -digits);
}

Value round_filter(Interpreter&, const Value& input, Arguments& arguments) {
  auto [precision, method] = bind("do_round", {"precision", "method"}, 0, arguments);
  auto how = given(method, Value("common"));
  auto digits = given(precision, Value(0));
  bool up = equals(how, Value("ceil"));
  if (!up && !equals(how, Value("floor"))) {
    if (!equals(how, Value("common")))
      raise(ErrorKind::filter_argument, "method must be common, ceil or floor");
    if (input.is(Type::undefined)) raise(ErrorKind::type, "type Undefined doesn't define __round__ method");
    return round_common(input, digits);
  }
  auto unit = arithmetic(Arithmetic::power, Value(10), digits);
  auto scaled = arithmetic(Arithmetic::multiply, input, unit);
  if (!scaled.is_number())
    raise(ErrorKind::type, "must be real number, not " + std::string(type_name(scaled)));
  auto whole =
      scaled.is(Type::real) ? whole_of(up ? std::ceil(scaled.real()) : std::floor(scaled.real())) : scaled;
  return arithmetic(Arithmetic::divide, whole, unit);
}

Value filesizeformat(Interpreter&, const Value& input, Arguments& arguments) {
  static constexpr std::array<const char*, 8> decimal = {"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
  static constexpr std::array<const char*, 8> binary = {"KiB", "MiB", "GiB", "TiB",
                                                        "PiB", "EiB", "ZiB", "YiB"};
  auto [use_binary] = bind("do_filesizeformat", {"binary"}, 0, arguments);
  auto bytes = real_of(input);
  if (!bytes && input.is_text()) raise(ErrorKind::value, "could not convert string to float: " + repr(input));
  if (!bytes)
    raise(ErrorKind::type,
          "float() argument must be a string or a real number, not '" + std::string(type_name(input)) + "'");
  bool two = use_binary.is_given() && truth(use_binary);
  const Value size(*bytes), base(two ? 1024 : 1000);
  if (*bytes == 1) return Value("1 Byte");
  if (less(size, base)) return Value(str(whole_of(*bytes)) + " Bytes");
  auto unit = arithmetic(Arithmetic::multiply, base, base);
  std::size_t i = 0;
  for (; !less(size, unit) && i + 1 < decimal.size(); ++i)
    unit = arithmetic(Arithmetic::multiply, unit, base);
  auto shown = arithmetic(Arithmetic::divide, arithmetic(Arithmetic::multiply, base, size), unit);
  return Value(format_real(shown.real(), 'f', 1, false) + " " + (two ? binary : decimal)[i]);
}

}  // namespace

void add_number_filters(Filters& filters) {
  filters["abs"] = {abs_filter};
  filters["int"] = {int_filter};
  filters["float"] = {float_filter};
  filters["round"] = {round_filter};
  filters["filesizeformat"] = {filesizeformat};
}

}  // namespace rb::jinja
