#pragma once
// The shared objects behind Value. Everything here belongs to one thread; sizes are charged to the meter.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/error.hpp"
#include "jinja/meter.hpp"
#include "jinja/value.hpp"

namespace rb::jinja {

using Values = std::vector<Value, Metered<Value>>;

// UTF-8 text; lengths and indices of the language count code points.
struct Str : Object {
  std::uint32_t size;
  mutable std::uint32_t points;  // code points; `unknown` until asked
  mutable std::uint32_t hash;    // 0 until asked
  static constexpr std::uint32_t unknown = ~0U;

  static Str* make(std::size_t size);  // the bytes are still to be filled in
  static Str* make(std::string_view text);
  static void free(Str* str);
  char* data() const { return reinterpret_cast<char*>(const_cast<Str*>(this) + 1); }
  std::string_view view() const { return {data(), size}; }
  std::uint32_t length() const { return points != unknown ? points : count(); }
  bool ascii() const { return length() == size; }
  std::uint32_t hashed() const { return hash ? hash : compute_hash(); }

 private:
  std::uint32_t count() const;
  std::uint32_t compute_hash() const;
};

struct List : Object {
  Values items;
  bool constant = !meter.rendering;
  bool kept = false;  // see Interpreter::keep
};

struct Dict : Object {
  struct Entry {
    Value key, value;
    std::uint32_t hash;
  };
  std::vector<Entry, Metered<Entry>> entries;  // in order of insertion
  bool constant = !meter.rendering;
  bool kept = false;

  // Keys are compared as in Python: 1, 1.0 and true are one key. An unhashable key raises TypeError.
  Value* find(const Value& key);
  Value* find(const Str& key);
  void set(const Value& key, Value value);
  Value take(std::size_t position);
  std::size_t position(const Value& key) const;  // entries.size() when absent
  void clear();

 private:
  std::size_t locate(const Value& key, std::uint32_t hash) const;
  void rebuild();
  std::vector<std::uint32_t, Metered<std::uint32_t>> table_;  // position + 1; only for larger dicts
};

// What a missing name or item turns into. It is tolerant until someone wants a value of it; a strict one
// complains about almost any use.
struct Undefined : Object {
  std::string hint;  // the whole message, or empty
  Value of;          // the object that lacks `name`; missing for a variable
  Value name;
  ErrorKind kind = ErrorKind::undefined;
  bool strict = false;

  std::string message() const;
  [[noreturn]] void fail() const { raise(kind, message()); }
};

Value make_list(Values items = {});
Value make_tuple(Values items = {});
Value make_dict();
Value make_undefined(std::string hint, Value of, Value name, bool strict,
                     ErrorKind kind = ErrorKind::undefined);

class Interpreter;
struct Arguments;
struct Method;

// Anything that is neither number, text nor plain container. The default answers are those of a Python object
// without special methods.
class Thing : public Object {
 public:
  std::uint32_t charged = 0;  // bytes of this object

  virtual ~Thing() = default;
  Value self() {  // a reference to this object
    if (refs < immortal) ++refs;
    return Value::adopt(Value::Type::thing, this);
  }
  virtual std::string_view type_name() const = 0;
  virtual std::string show() const;
  virtual std::string text() const { return show(); }
  virtual bool is_markup() const { return false; }  // str() is safe in HTML
  virtual bool is_true() const { return true; }
  virtual bool callable() const { return false; }
  virtual Value call(Interpreter&, Arguments&);
  // Prints what a call would give, without making a value of it; false: cannot.
  virtual bool print_call(Interpreter&, Arguments&) { return false; }
  virtual std::optional<Value> attribute(Interpreter&, std::string_view) { return std::nullopt; }
  // What can be called without becoming a value first; attribute() knows it, too.
  virtual const Method* method(std::string_view) const { return nullptr; }
  virtual std::optional<Value> item(Interpreter&, const Value&) { return std::nullopt; }
  virtual std::optional<Value> cut(const Value&, const Value&, const Value&) { return std::nullopt; }
  virtual std::optional<std::size_t> length() const { return std::nullopt; }
  virtual bool has(const Value& needle);
  virtual bool same_as(const Thing& other) const { return this == &other; }
  virtual std::uint32_t hash() const;
  virtual bool sequence() const { return false; }  // length and items by index
  // A new pass over the elements; an iterator gives itself. nullopt: not iterable.
  virtual std::optional<Value> iterate() { return std::nullopt; }
  virtual bool is_iterator() const { return false; }
};

template <class T, class... Args>
Value make_thing(Args&&... args) {
  auto* thing = new T(std::forward<Args>(args)...);
  auto value = Value::adopt(Value::Type::thing, thing);
  charge_memory(sizeof(T));
  thing->charged = sizeof(T);
  return value;
}

template <class T>
T* as(const Value& v) {
  return v.is(Value::Type::thing) ? dynamic_cast<T*>(&v.thing()) : nullptr;
}

// A stream of values that is consumed once, like a Python generator.
class Iterator : public Thing {
 public:
  std::string_view type_name() const override { return "generator"; }
  virtual bool next(Value& out) = 0;
  bool is_iterator() const override { return true; }
};

inline std::string_view Value::text() const { return static_cast<const Str*>(as_.object)->view(); }
inline Str& Value::str() const { return *static_cast<Str*>(as_.object); }
inline List& Value::items() const { return *static_cast<List*>(as_.object); }
inline Dict& Value::dict() const { return *static_cast<Dict*>(as_.object); }
inline Undefined& Value::undefined() const { return *static_cast<Undefined*>(as_.object); }
inline Thing& Value::thing() const { return *static_cast<Thing*>(as_.object); }

}  // namespace rb::jinja
