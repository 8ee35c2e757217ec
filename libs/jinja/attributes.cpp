// object.name and object[index]. A name means a built-in method first, then an item; an index an item first.
// Python's inner attributes do not exist here, but they are refused with Jinja2's SecurityError, so that
// nobody wonders.
#include <algorithm>
#include <array>

#include "jinja/compare.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

constexpr auto kInner = std::to_array<std::string_view>(
    {"__class__",        "__init__",    "__doc__",     "__eq__",           "__ne__",           "__lt__",
     "__le__",           "__gt__",      "__ge__",      "__hash__",         "__str__",          "__repr__",
     "__dir__",          "__format__",  "__new__",     "__reduce__",       "__reduce_ex__",    "__sizeof__",
     "__getattribute__", "__setattr__", "__delattr__", "__subclasshook__", "__init_subclass__"});
constexpr auto kContainer =
    std::to_array<std::string_view>({"__len__", "__getitem__", "__contains__", "__iter__"});
constexpr auto kNumber =
    std::to_array<std::string_view>({"__add__", "__sub__", "__mul__", "__truediv__", "__mod__", "__pow__",
                                     "__int__", "__float__", "__bool__", "__abs__"});
constexpr auto kThing = std::to_array<std::string_view>({"__call__",     "__globals__",
                                                         "__code__",     "__closure__",
                                                         "__dict__",     "__module__",
                                                         "__name__",     "__self__",
                                                         "__func__",     "__subclasses__",
                                                         "__mro__",      "__bases__",
                                                         "__iter__",     "__next__",
                                                         "__defaults__", "mro",
                                                         "gi_frame",     "gi_code",
                                                         "_environment", "_func",
                                                         "_context",     "_stack",
                                                         "_invoke",      "_iterator",
                                                         "_iterable",    "_length",
                                                         "_before",      "_current",
                                                         "_after",       "_recurse",
                                                         "_undefined",   "_to_iterator",
                                                         "_peek_next",   "_last_changed_value"});

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool inner_attribute(const Value& object, std::string_view name) {
  if (!name.starts_with('_') && !object.is(Type::thing)) return false;
  if (one_of(kInner, name)) return true;
  if (object.is(Type::undefined))
    return name.starts_with("_undefined_") || name == "_fail_with_undefined_error" || name == "__call__" ||
           one_of(kContainer, name) || one_of(kNumber, name);
  if (object.is(Type::thing)) return one_of(kThing, name);
  if (object.is_number()) return one_of(kNumber, name);
  return one_of(kContainer, name) || name == "__add__" || name == "__mul__";
}

std::optional<Value> number_attribute(const Value& object, std::string_view name) {
  if (!object.is_number()) return std::nullopt;
  if (name == "real") return affirm(object);
  if (name == "imag") return object.is(Type::real) ? Value(0.0) : Value(0);
  if (object.is(Type::real)) return std::nullopt;
  if (name == "numerator") return affirm(object);
  if (name == "denominator") return Value(1);
  return std::nullopt;
}

}  // namespace

// The attribute that needs no thought: an item of a dict, which no method hides.
const Value* Interpreter::find_attribute(const GetAttributeNode& node, const Value& object) {
  if (!object.is(Type::dict) || (node.methods && node.methods->dict)) return nullptr;
  const auto& name = node.name.value().str();
  return name.view().starts_with('_') ? nullptr : object.dict().find(name);
}

Value Interpreter::eval_attribute(const GetAttributeNode& node, const Value& object) {
  return attribute_of(object, node.name.value(), node.methods);
}

Value Interpreter::get_attribute(const Value& object, const Value& name) {
  return attribute_of(object, name, find_methods(name.text()));
}

Value Interpreter::attribute_of(const Value& object, const Value& name, const MethodSet* methods) {
  if (methods)
    if (const auto* method = methods->of(object)) return make_thing<BoundMethod>(object, method);
  const auto text = name.text();
  if (object.is(Type::thing)) {
    if (auto value = object.thing().attribute(*this, text))
      return text.starts_with('_') ? unsafe(object, name) : *value;
    if (auto value = object.thing().item(*this, name)) return *value;
  }
  if (inner_attribute(object, text)) return unsafe(object, name);
  if (object.is(Type::dict)) {
    if (const auto* value = object.dict().find(name.str())) return *value;
  } else if (object.is(Type::undefined)) {
    object.undefined().fail();
  } else if (auto value = number_attribute(object, text)) {
    return *value;
  }
  return undefined(object, name);
}

Value Interpreter::get_item(const Value& object, const Value& index) {
  switch (object.type()) {
    case Type::dict:
      if (index.is(Type::list) || index.is(Type::dict)) break;
      if (const auto* value = object.dict().find(index)) return *value;
      break;
    case Type::list:
    case Type::tuple: {
      if (!index.is(Type::integer) && !index.is(Type::boolean)) break;
      const auto& items = object.items().items;
      auto at =
          index.integer() < 0 ? index.integer() + static_cast<std::int64_t>(items.size()) : index.integer();
      if (at >= 0 && at < static_cast<std::int64_t>(items.size())) return items[static_cast<std::size_t>(at)];
      break;
    }
    case Type::string:
    case Type::markup: {
      if (!index.is(Type::integer) && !index.is(Type::boolean)) break;
      const auto& text = object.str();
      std::int64_t length = text.length();
      auto at = index.integer() < 0 ? index.integer() + length : index.integer();
      if (at < 0 || at >= length) break;
      auto byte =
          text.ascii() ? static_cast<std::size_t>(at) : offset_of(text.view(), static_cast<std::size_t>(at));
      return Value::adopt(object.type(),
                          Str::make(text.view().substr(byte, sequence_length(text.data()[byte]))));
    }
    case Type::undefined:
      object.undefined().fail();
    case Type::thing:
      if (auto value = object.thing().item(*this, index)) return *value;
      break;
    default:
      break;
  }
  if (!index.is_text()) return undefined(object, index);
  const auto name = index.text();
  if (const auto* methods = find_methods(name))
    if (const auto* method = methods->of(object)) return make_thing<BoundMethod>(object, method);
  if (inner_attribute(object, name)) return unsafe(object, index);
  if (object.is(Type::thing))
    if (auto value = object.thing().attribute(*this, name))
      return name.starts_with('_') ? unsafe(object, index) : *value;
  if (auto value = number_attribute(object, name)) return *value;
  return undefined(object, index);
}

}  // namespace rb::jinja
