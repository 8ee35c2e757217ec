#include "jinja/compare.hpp"

#include <bit>
#include <cmath>
#include <compare>

#include "jinja/bigint.hpp"
#include "jinja/iterate.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

bool is_int64(const Value& v) { return v.is(Type::integer) || v.is(Type::boolean); }

std::partial_ordering compare_int_real(std::int64_t i, double d) {
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (i <= exact && i >= -exact) return static_cast<double>(i) <=> d;
  return big_compare(Value(i), d);
}

std::partial_ordering flip(std::partial_ordering o) { return 0 <=> o; }

std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  if (is_int64(a) && is_int64(b)) return a.integer() <=> b.integer();
  if (a.is(Type::real) && b.is(Type::real)) return a.real() <=> b.real();
  if (is_int64(a) && b.is(Type::real)) return compare_int_real(a.integer(), b.real());
  if (a.is(Type::real) && is_int64(b)) return flip(compare_int_real(b.integer(), a.real()));
  if (b.is(Type::real)) return big_compare(a, b.real());
  if (a.is(Type::real)) return flip(big_compare(b, a.real()));
  return big_compare(a, b) <=> 0;
}

bool equal_items(const Values& a, const Values& b) {
  if (a.size() != b.size()) return false;
  Deeper deeper;
  charge_steps(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!identical(a[i], b[i]) && !equals(a[i], b[i])) return false;
  return true;
}

bool equal_dicts(Dict& a, Dict& b) {
  if (a.entries.size() != b.entries.size()) return false;
  Deeper deeper;
  charge_steps(a.entries.size());
  for (const auto& entry : a.entries) {
    const auto* other = b.find(entry.key);
    if (!other || (!identical(entry.value, *other) && !equals(entry.value, *other))) return false;
  }
  return true;
}

template <class T>
bool holds(Order order, const T& comparison) {
  switch (order) {
    case Order::less:
      return comparison < 0;
    case Order::less_equal:
      return comparison <= 0;
    case Order::greater:
      return comparison > 0;
    case Order::greater_equal:
      return comparison >= 0;
  }
  return false;
}

[[noreturn]] void no_order(Order order, const Value& a, const Value& b) {
  static constexpr const char* signs[] = {"<", "<=", ">", ">="};
  raise(ErrorKind::type, "'" + std::string(signs[static_cast<int>(order)]) +
                             "' not supported between instances of '" + std::string(type_name(a)) +
                             "' and '" + std::string(type_name(b)) + "'");
}

bool ordered_items(Order order, const Values& a, const Values& b) {
  Deeper deeper;
  charge_steps(std::min(a.size(), b.size()));
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (!identical(a[i], b[i]) && !equals(a[i], b[i])) return ordered(order, a[i], b[i]);
  return holds(order, a.size() <=> b.size());
}

std::uint32_t mix(std::uint64_t x) {
  x *= 0x9E3779B97F4A7C15U;
  return static_cast<std::uint32_t>(x >> 32U);
}

std::uint32_t hash_real(double d) {
  if (std::trunc(d) == d && std::abs(d) < 9.2e18)
    return mix(static_cast<std::uint64_t>(static_cast<std::int64_t>(d)));
  if (std::trunc(d) == d && std::isfinite(d)) return big_hash(big_from_real(d));
  return mix(std::bit_cast<std::uint64_t>(d));
}

}  // namespace

bool truth(const Value& v) {
  switch (v.type()) {
    case Type::boolean:
    case Type::integer:
      return v.integer() != 0;
    case Type::real:
      return v.real() != 0;
    case Type::undefined:
      if (v.undefined().strict) v.undefined().fail();
      return false;
    case Type::big:
      return true;
    case Type::string:
    case Type::markup:
      return v.str().size != 0;
    case Type::list:
    case Type::tuple:
      return !v.items().items.empty();
    case Type::dict:
      return !v.dict().entries.empty();
    case Type::thing:
      return v.thing().is_true();
    default:
      return false;
  }
}

bool identical(const Value& a, const Value& b) {
  if (a.type() != b.type()) return false;
  if (a.is(Type::none)) return true;
  if (a.is(Type::real)) return false;
  if (a.is(Type::boolean) || a.is(Type::integer)) return a.integer() == b.integer();
  return a.object() == b.object();
}

bool equals(const Value& a, const Value& b) {
  if (a.is(Type::undefined) && a.undefined().strict) a.undefined().fail();
  if (b.is(Type::undefined) && b.undefined().strict) b.undefined().fail();
  if (a.is_text()) return b.is_text() && a.text() == b.text();
  if (a.is_number()) return b.is_number() && compare_numbers(a, b) == 0;
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Type::none:
    case Type::undefined:
      return true;
    case Type::list:
    case Type::tuple:
      return a.object() == b.object() || equal_items(a.items().items, b.items().items);
    case Type::dict:
      return a.object() == b.object() || equal_dicts(a.dict(), b.dict());
    case Type::thing:
      return a.thing().same_as(b.thing());
    default:
      return false;
  }
}

bool ordered(Order order, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return holds(order, compare_numbers(a, b));
  if (a.is(Type::undefined)) a.undefined().fail();
  if (b.is(Type::undefined)) b.undefined().fail();
  // The byte order of UTF-8 is the order of code points.
  if (a.is_text() && b.is_text()) return holds(order, a.text().compare(b.text()));
  if (a.type() == b.type() && (a.is(Type::list) || a.is(Type::tuple)))
    return ordered_items(order, a.items().items, b.items().items);
  no_order(order, a, b);
}

std::uint32_t hash_of(const Value& v) {
  switch (v.type()) {
    case Type::boolean:
    case Type::integer:
      return mix(static_cast<std::uint64_t>(v.integer()));
    case Type::real:
      return hash_real(v.real());
    case Type::big:
      return big_hash(v);
    case Type::string:
    case Type::markup:
      return v.str().hashed();
    case Type::undefined:
      if (v.undefined().strict) v.undefined().fail();
      return 3;
    case Type::tuple: {
      Deeper deeper;
      std::uint64_t h = v.items().items.size();
      for (const auto& item : v.items().items) h = h * 1000003U + hash_of(item);
      return mix(h);
    }
    case Type::thing:
      return v.thing().hash();
    case Type::none:
      return 1;
    default:
      raise(ErrorKind::type, "unhashable type: '" + std::string(type_name(v)) + "'");
  }
}

bool same_key(const Value& a, const Value& b) { return identical(a, b) || equals(a, b); }

bool contains_by_iteration(Thing& container, const Value& needle) {
  auto iterator = container.iterate();
  if (!iterator)
    raise(ErrorKind::type, "argument of type '" + std::string(container.type_name()) + "' is not iterable");
  Cursor cursor(*iterator);
  for (Value item; cursor.next(item);)
    if (identical(item, needle) || equals(item, needle)) return true;
  return false;
}

bool contains(const Value& container, const Value& needle) {
  switch (container.type()) {
    case Type::string:
    case Type::markup:
      if (needle.is_text()) {
        charge_steps(container.text().size() / 64);
        return find_text(container.text(), needle.text()) != std::string_view::npos;
      }
      raise(ErrorKind::type,
            "'in <string>' requires string as left operand, not " + std::string(type_name(needle)));
    case Type::list:
    case Type::tuple: {
      const auto& items = container.items().items;
      charge_steps(items.size() / 4);
      for (const auto& item : items)
        if (identical(item, needle) || equals(item, needle)) return true;
      return false;
    }
    case Type::dict:
      return container.dict().find(needle) != nullptr;
    case Type::undefined:
      if (container.undefined().strict) container.undefined().fail();
      return false;
    case Type::thing:
      return container.thing().has(needle);
    default:
      raise(ErrorKind::type, "argument of type '" + std::string(type_name(container)) + "' is not iterable");
  }
}

}  // namespace rb::jinja
