#pragma once
// A value of the template language: 16 bytes, cheap to copy (containers and texts are shared). A value, its
// parts and copies belong to one thread at a time. Built outside a render it is constant: a template that
// changes a list of its context works on a copy.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace rb::jinja {

struct Object;
struct Str;
struct List;
struct Dict;
struct Undefined;
class Thing;

class Value {
 public:
  enum class Type : std::uint8_t {
    unresolved,  // a variable nobody has looked up yet (internal)
    missing,     // a variable without a value, an argument not given (internal)
    none,
    boolean,
    integer,  // 64 bits; larger ones are `big`
    real,
    undefined,  // from here on: shared objects
    big,
    string,
    markup,  // text that is safe in HTML as it is
    list,
    tuple,
    dict,
    thing,  // ranges, iterators, functions, macros, namespaces...
  };
  using Pairs = std::vector<std::pair<std::string, Value>>;

  Value() : type_(Type::none) { as_.integer = 0; }
  Value(bool b) : type_(Type::boolean) { as_.integer = b; }
  Value(int i) : Value(static_cast<std::int64_t>(i)) {}
  Value(std::int64_t i) : type_(Type::integer) { as_.integer = i; }
  Value(double d) : type_(Type::real) { as_.real = d; }
  Value(std::string_view text);
  Value(const std::string& text) : Value(std::string_view(text)) {}
  Value(const char* text) : Value(std::string_view(text)) {}
  static Value markup(std::string_view text);
  static Value list(std::vector<Value> items);
  static Value dict(const Pairs& pairs);  // keeps the order; a later pair replaces an earlier one

  // JSON (RFC 8259) with integers of any size; 1 and 1.0 differ. Errc::invalid says where it is broken;
  // nesting deeper than 500 is refused.
  static Result<Value> parse_json(std::string_view text);

  Value(const Value& other) : type_(other.type_), as_(other.as_) { retain(); }
  Value(Value&& other) noexcept : type_(other.type_), as_(other.as_) { other.type_ = Type::none; }
  Value& operator=(const Value& other) {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Value() { release(); }
  void swap(Value& other) noexcept {
    std::swap(type_, other.type_);
    std::swap(as_, other.as_);
  }

  Type type() const { return type_; }
  bool is(Type type) const { return type_ == type; }
  bool is_text() const { return type_ == Type::string || type_ == Type::markup; }
  bool is_number() const { return (type_ >= Type::boolean && type_ <= Type::real) || type_ == Type::big; }
  bool is_given() const { return type_ > Type::missing; }
  explicit operator bool() const = delete;  // truth() may fail: strict undefined

  // Each wants the type of its name.
  bool boolean() const { return as_.integer != 0; }
  std::int64_t integer() const { return as_.integer; }  // also of a boolean
  double real() const { return as_.real; }
  std::string_view text() const;
  Str& str() const;
  List& items() const;  // list or tuple
  Dict& dict() const;
  Undefined& undefined() const;
  Thing& thing() const;
  Object* object() const { return as_.object; }

  // Takes over one reference of `object`.
  static Value adopt(Type type, Object* object) {
    Value v;
    v.type_ = type;
    v.as_.object = object;
    return v;
  }
  static Value unset(Type type) {
    Value v;
    v.type_ = type;
    return v;
  }

 private:
  bool shared() const { return type_ >= Type::undefined; }
  inline void retain() const;
  inline void release();
  static void destroy(Type type, Object* object);

  Type type_;
  union {
    std::int64_t integer;
    double real;
    Object* object;
  } as_;
};

// The head of everything shared. `refs` of an immortal object (constants of compiled templates, globals)
// never moves, so that many threads may read it.
struct Object {
  static constexpr std::uint32_t immortal = 1U << 31;
  std::uint32_t refs = 1;
};

inline void Value::retain() const {
  if (shared() && as_.object->refs < Object::immortal) ++as_.object->refs;
}
inline void Value::release() {
  if (!shared() || as_.object->refs >= Object::immortal) return;
  if (--as_.object->refs == 0) destroy(type_, as_.object);
}

}  // namespace rb::jinja
