// Methods of lists, tuples, dicts and numbers.
#include <algorithm>
#include <cmath>

#include "jinja/compare.hpp"
#include "jinja/iterate.hpp"
#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/order.hpp"
#include "jinja/printing.hpp"
#include "jinja/views.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

std::int64_t clamp_index(std::int64_t at, std::size_t size) {
  auto n = static_cast<std::int64_t>(size);
  return std::clamp<std::int64_t>(at < 0 ? at + n : at, 0, n);
}

Value append(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("append", arguments, 1, 1);
  before_change(in, self);
  self.items().items.push_back(arguments.positional[0]);
  return {};
}

Value extend(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("extend", arguments, 1, 1);
  before_change(in, self);
  auto more = to_values(arguments.positional[0]);
  for (auto& item : more) self.items().items.push_back(std::move(item));
  return {};
}

Value insert(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("insert", arguments, 2, 2);
  before_change(in, self);
  auto& items = self.items().items;
  charge_steps(items.size() / 16);
  items.insert(items.begin() + clamp_index(to_index(arguments.positional[0]), items.size()),
               arguments.positional[1]);
  return {};
}

Value pop(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("pop", arguments, 0, 1);
  before_change(in, self);
  auto& items = self.items().items;
  if (items.empty()) raise(ErrorKind::index, "pop from empty list");
  auto at = arguments.positional.empty() ? -1 : to_index(arguments.positional[0]);
  if (at < 0) at += static_cast<std::int64_t>(items.size());
  if (at < 0 || at >= static_cast<std::int64_t>(items.size()))
    raise(ErrorKind::index, "pop index out of range");
  auto out = items[static_cast<std::size_t>(at)];
  charge_steps(items.size() / 16);
  items.erase(items.begin() + at);
  return out;
}

std::size_t position_of(const Values& items, const Value& wanted, std::size_t from, std::size_t to) {
  charge_steps(items.size() / 4);
  for (; from < to && from < items.size(); ++from)
    if (identical(items[from], wanted) || equals(items[from], wanted)) return from;
  return items.size();
}

Value remove(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("remove", arguments, 1, 1);
  before_change(in, self);
  auto& items = self.items().items;
  auto at = position_of(items, arguments.positional[0], 0, items.size());
  if (at == items.size()) raise(ErrorKind::value, "list.remove(x): x not in list");
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
  return {};
}

Value clear_list(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("clear", arguments, 0, 0);
  before_change(in, self);
  self.items().items.clear();
  return {};
}

Value reverse_list(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("reverse", arguments, 0, 0);
  before_change(in, self);
  std::ranges::reverse(self.items().items);
  return {};
}

Value sort_list(Interpreter& in, const Value& self, Arguments& arguments) {
  if (!arguments.positional.empty()) raise(ErrorKind::type, "sort() takes no positional arguments");
  auto [key, descending] = bind("sort", {"key", "reverse"}, 0, arguments);
  if (key.is_given() && !key.is(Type::none))
    raise(ErrorKind::type, "sort(key=...) is not available, use the sort filter");
  before_change(in, self);
  sort_values(self.items().items, descending.is_given() && truth(descending), std::identity{});
  return {};
}

Value copy_list(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("copy", arguments, 0, 0);
  return make_list(to_values(self));
}

Value index_of_item(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("index", arguments, 1, 3);
  const auto& items = self.items().items;
  auto bound = [&](std::size_t i, std::size_t otherwise) {
    return arguments.positional.size() > i
               ? static_cast<std::size_t>(clamp_index(to_index(arguments.positional[i]), items.size()))
               : otherwise;
  };
  auto at = position_of(items, arguments.positional[0], bound(1, 0), bound(2, items.size()));
  if (at == items.size()) raise(ErrorKind::value, repr(arguments.positional[0]) + " is not in list");
  return Value(static_cast<std::int64_t>(at));
}

Value count_of_item(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("count", arguments, 1, 1);
  const auto& items = self.items().items;
  charge_steps(items.size() / 4);
  return Value(static_cast<std::int64_t>(std::ranges::count_if(items, [&](const Value& v) {
    return identical(v, arguments.positional[0]) || equals(v, arguments.positional[0]);
  })));
}

template <DictView::What what>
Value view(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("dict view", arguments, 0, 0);
  return make_thing<DictView>(self, what);
}

Value get(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("get", arguments, 1, 2);
  if (const auto* value = self.dict().find(arguments.positional[0])) return *value;
  return arguments.positional.size() > 1 ? arguments.positional[1] : Value();
}

Value setdefault(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("setdefault", arguments, 1, 2);
  if (const auto* value = self.dict().find(arguments.positional[0])) return *value;
  before_change(in, self);
  auto value = arguments.positional.size() > 1 ? arguments.positional[1] : Value();
  self.dict().set(arguments.positional[0], value);
  return value;
}

Value update(Interpreter& in, const Value& self, Arguments& arguments) {
  if (arguments.positional.size() > 1)
    raise(ErrorKind::type,
          "update expected at most 1 argument, got " + std::to_string(arguments.positional.size()));
  before_change(in, self);
  if (!arguments.positional.empty()) merge_into(self.dict(), arguments.positional[0]);
  for (auto& [key, value] : arguments.named) self.dict().set(key, value);
  return {};
}

Value pop_key(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("pop", arguments, 1, 2);
  before_change(in, self);
  auto at = self.dict().position(arguments.positional[0]);
  if (at < self.dict().entries.size()) return self.dict().take(at);
  if (arguments.positional.size() > 1) return arguments.positional[1];
  raise(ErrorKind::key, repr(arguments.positional[0]));
}

Value popitem(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("popitem", arguments, 0, 0);
  before_change(in, self);
  auto& entries = self.dict().entries;
  if (entries.empty()) raise(ErrorKind::key, "'popitem(): dictionary is empty'");
  auto key = entries.back().key;
  return make_tuple({key, self.dict().take(entries.size() - 1)});
}

Value clear_dict(Interpreter& in, const Value& self, Arguments& arguments) {
  expect_positional("clear", arguments, 0, 0);
  before_change(in, self);
  self.dict().clear();
  return {};
}

Value copy_dict(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("copy", arguments, 0, 0);
  auto out = make_dict();
  merge_into(out.dict(), self);
  return out;
}

Value fromkeys(Interpreter&, const Value&, Arguments& arguments) {
  expect_positional("fromkeys", arguments, 1, 2);
  auto out = make_dict();
  Cursor cursor(arguments.positional[0]);
  for (Value key; cursor.next(key);)
    out.dict().set(key, arguments.positional.size() > 1 ? arguments.positional[1] : Value());
  return out;
}

Value bit_length(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("bit_length", arguments, 0, 0);
  auto digits = big_text(self.is(Type::boolean) ? Value(self.integer()) : self, 2);
  std::erase(digits, '-');
  return Value(digits == "0" ? 0 : static_cast<int>(digits.size()));
}

Value bit_count(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("bit_count", arguments, 0, 0);
  return Value(std::ranges::count(big_text(self.is(Type::boolean) ? Value(self.integer()) : self, 2), '1'));
}

Value integer_ratio(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("as_integer_ratio", arguments, 0, 0);
  return make_tuple({affirm(self), Value(1)});
}

// The exact fraction: a real number is an integer times a power of two.
Value real_ratio(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("as_integer_ratio", arguments, 0, 0);
  auto d = self.real();
  if (std::isnan(d)) raise(ErrorKind::value, "cannot convert NaN to integer ratio");
  if (std::isinf(d)) raise(ErrorKind::overflow, "cannot convert Infinity to integer ratio");
  Value below(1);
  while (std::trunc(d) != d) {
    d *= 2;
    below = arithmetic(Arithmetic::multiply, below, Value(2));
  }
  return make_tuple({big_from_real(d), below});
}

Value conjugate(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("conjugate", arguments, 0, 0);
  return affirm(self);
}

Value is_integer(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("is_integer", arguments, 0, 0);
  return Value(std::isfinite(self.real()) && std::trunc(self.real()) == self.real());
}

constexpr Method kList[] = {
    {"append", append},  {"extend", extend},       {"insert", insert},        {"pop", pop},
    {"remove", remove},  {"clear", clear_list},    {"reverse", reverse_list}, {"sort", sort_list},
    {"copy", copy_list}, {"index", index_of_item}, {"count", count_of_item},
};
constexpr Method kTuple[] = {{"index", index_of_item}, {"count", count_of_item}};
constexpr Method kDict[] = {
    {"items", view<DictView::What::items>},
    {"keys", view<DictView::What::keys>},
    {"values", view<DictView::What::values>},
    {"get", get},
    {"setdefault", setdefault},
    {"update", update},
    {"pop", pop_key},
    {"popitem", popitem},
    {"clear", clear_dict},
    {"copy", copy_dict},
    {"fromkeys", fromkeys},
};
constexpr Method kInteger[] = {{"bit_length", bit_length},
                               {"bit_count", bit_count},
                               {"as_integer_ratio", integer_ratio},
                               {"conjugate", conjugate}};
constexpr Method kReal[] = {
    {"is_integer", is_integer}, {"as_integer_ratio", real_ratio}, {"conjugate", conjugate}};

}  // namespace

Methods list_methods() { return kList; }
Methods tuple_methods() { return kTuple; }
Methods dict_methods() { return kDict; }
Methods integer_methods() { return kInteger; }
Methods real_methods() { return kReal; }

}  // namespace rb::jinja
