#pragma once
// The methods of built-in types that templates may call: "text".upper(), list.append(x), dict.items()...
#include <string_view>

#include "jinja/arguments.hpp"
#include "jinja/objects.hpp"

namespace rb::jinja {

struct Method {
  using Function = Value (*)(Interpreter&, const Value& self, Arguments&);
  std::string_view name;
  Function function;
};

// All built-in methods of one name.
struct MethodSet {
  const Method* text = nullptr;
  const Method* markup = nullptr;  // those that only a safe text has
  const Method* list = nullptr;
  const Method* tuple = nullptr;
  const Method* dict = nullptr;
  const Method* integer = nullptr;
  const Method* real = nullptr;

  const Method* of(const Value& v) const {
    switch (v.type()) {
      case Value::Type::string:
        return text;
      case Value::Type::markup:
        return text ? text : markup;
      case Value::Type::list:
        return list;
      case Value::Type::tuple:
        return tuple;
      case Value::Type::dict:
        return dict;
      case Value::Type::boolean:
      case Value::Type::integer:
      case Value::Type::big:
        return integer;
      case Value::Type::real:
        return real;
      default:
        return nullptr;
    }
  }
};

const MethodSet* find_methods(std::string_view name);  // nullptr: no type has it

// One family of methods each.
using Methods = std::span<const Method>;
Methods text_methods();
Methods markup_methods();
Methods text_split_methods();
Methods text_property_methods();
Methods list_methods();
Methods tuple_methods();
Methods dict_methods();
Methods integer_methods();
Methods real_methods();

// A method taken from its object: {{ name.upper }}.
class BoundMethod : public Thing {
 public:
  BoundMethod(Value self, const Method* method) : self_(std::move(self)), method_(method) {}
  std::string_view type_name() const override { return "builtin_function_or_method"; }
  std::string show() const override;
  bool callable() const override { return true; }
  Value call(Interpreter& in, Arguments& arguments) override {
    return method_->function(in, self_, arguments);
  }
  bool same_as(const Thing& other) const override;

 private:
  Value self_;
  const Method* method_;
};

// A function with some state, as a value. `shown` (it outlives the value) is what printing it gives.
template <class F>
class Callable : public Thing {
 public:
  Callable(std::string_view shown, F function) : shown_(shown), function_(std::move(function)) {}
  std::string_view type_name() const override { return "function"; }
  std::string show() const override { return std::string(shown_); }
  bool callable() const override { return true; }
  Value call(Interpreter& in, Arguments& arguments) override { return function_(in, arguments); }

 private:
  std::string_view shown_;
  F function_;
};

template <class F>
Value make_callable(std::string_view shown, F function) {
  return make_thing<Callable<F>>(shown, std::move(function));
}

// Thrown when a template changes a value of its context: the render starts again with a copy of the context.
struct ContextChange {};

// To be called before a list or dict is changed.
void before_change(Interpreter& in, const Value& container);

}  // namespace rb::jinja
