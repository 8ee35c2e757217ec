// The tests: {{ x is defined }}
#include "jinja/bigint.hpp"
#include "jinja/compare.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

bool remainder_is(const Value& v, const Value& divisor, int rest) {
  return equals(arithmetic(Arithmetic::modulo, v, divisor), Value(rest));
}

template <bool (*check)(const Value&)>
bool simple(Interpreter&, const Value& v, Arguments& arguments) {
  expect_positional("test", arguments, 0, 0);
  return check(v);
}

// The one argument of a test, which may be given by name where the reference has a name for it.
Value other(Arguments& arguments, std::string_view name = {}) {
  if (arguments.positional.empty() && !name.empty()) {
    auto value = arguments.take(name);
    if (value.is_given()) arguments.positional.push_back(std::move(value));
  }
  expect_positional("test", arguments, 1, 1);
  return arguments.positional[0];
}

template <Order order>
bool in_order(Interpreter&, const Value& v, Arguments& arguments) {
  return ordered(order, v, other(arguments));
}
bool equal_to(Interpreter&, const Value& v, Arguments& arguments) { return equals(v, other(arguments)); }
bool not_equal_to(Interpreter&, const Value& v, Arguments& arguments) { return !equals(v, other(arguments)); }
bool same_as(Interpreter&, const Value& v, Arguments& arguments) {
  return identical(v, other(arguments, "other"));
}
bool is_in(Interpreter&, const Value& v, Arguments& arguments) {
  return contains(other(arguments, "seq"), v);
}
bool divisible_by(Interpreter&, const Value& v, Arguments& arguments) {
  return remainder_is(v, other(arguments, "num"), 0);
}

bool names_filter(Interpreter& in, const Value& v, Arguments& arguments) {
  expect_positional("test", arguments, 0, 0);
  hash_of(v);
  return v.is_text() && in.registry().filters.contains(v.text());
}

bool names_test(Interpreter& in, const Value& v, Arguments& arguments) {
  expect_positional("test", arguments, 0, 0);
  hash_of(v);
  return v.is_text() && in.registry().tests.contains(v.text());
}

bool odd(const Value& v) { return remainder_is(v, Value(2), 1); }
bool even(const Value& v) { return remainder_is(v, Value(2), 0); }
bool defined(const Value& v) { return !v.is(Type::undefined); }
bool undefined(const Value& v) { return v.is(Type::undefined); }
bool none(const Value& v) { return v.is(Type::none); }
bool boolean(const Value& v) { return v.is(Type::boolean); }
bool is_true(const Value& v) { return v.is(Type::boolean) && v.boolean(); }
bool is_false(const Value& v) { return v.is(Type::boolean) && !v.boolean(); }
bool integer(const Value& v) { return v.is(Type::integer) || v.is(Type::big); }
bool real(const Value& v) { return v.is(Type::real); }
bool is_number(const Value& v) { return v.is_number(); }
bool text(const Value& v) { return v.is_text(); }
bool mapping(const Value& v) { return v.is(Type::dict); }
bool escaped(const Value& v) { return v.is(Type::markup) || (v.is(Type::thing) && v.thing().is_markup()); }
bool callable(const Value& v) { return v.is(Type::undefined) || (v.is(Type::thing) && v.thing().callable()); }
bool lower_case(const Value& v) { return all_in_case(str(v), false); }
bool upper_case(const Value& v) { return all_in_case(str(v), true); }

bool sequence(const Value& v) {
  if (v.is(Type::undefined)) return !v.undefined().strict;
  return v.is_text() || v.is(Type::list) || v.is(Type::tuple) || v.is(Type::dict) ||
         (v.is(Type::thing) && v.thing().sequence());
}

bool is_iterable(const Value& v) { return iterable(v); }

}  // namespace

void add_tests(Table<Test>& tests) {
  tests["odd"] = {simple<odd>};
  tests["even"] = {simple<even>};
  tests["divisibleby"] = {divisible_by};
  tests["defined"] = {simple<defined>};
  tests["undefined"] = {simple<undefined>};
  tests["filter"] = {names_filter};
  tests["test"] = {names_test};
  tests["none"] = {simple<none>};
  tests["boolean"] = {simple<boolean>};
  tests["true"] = {simple<is_true>};
  tests["false"] = {simple<is_false>};
  tests["integer"] = {simple<integer>};
  tests["float"] = {simple<real>};
  tests["number"] = {simple<is_number>};
  tests["string"] = {simple<text>};
  tests["mapping"] = {simple<mapping>};
  tests["sequence"] = {simple<sequence>};
  tests["iterable"] = {simple<is_iterable>};
  tests["callable"] = {simple<callable>};
  tests["escaped"] = {simple<escaped>};
  tests["lower"] = {simple<lower_case>};
  tests["upper"] = {simple<upper_case>};
  tests["sameas"] = {same_as};
  tests["in"] = {is_in};
  for (auto name : {"==", "eq", "equalto"}) tests[name] = {equal_to};
  for (auto name : {"!=", "ne"}) tests[name] = {not_equal_to};
  for (auto name : {">", "gt", "greaterthan"}) tests[name] = {in_order<Order::greater>};
  for (auto name : {">=", "ge"}) tests[name] = {in_order<Order::greater_equal>};
  for (auto name : {"<", "lt", "lessthan"}) tests[name] = {in_order<Order::less>};
  for (auto name : {"<=", "le"}) tests[name] = {in_order<Order::less_equal>};
}

}  // namespace rb::jinja
