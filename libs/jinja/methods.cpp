#include "jinja/methods.hpp"

#include <unordered_map>

#include "jinja/compare.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/printing.hpp"
#include "jinja/things.hpp"

namespace rb::jinja {
namespace {

using Index = std::unordered_map<std::string_view, MethodSet>;

Index build_index() {
  Index index;
  auto add = [&](Methods methods, const Method* MethodSet::* member) {
    for (const auto& method : methods) index[method.name].*member = &method;
  };
  add(text_methods(), &MethodSet::text);
  add(markup_methods(), &MethodSet::markup);
  add(text_split_methods(), &MethodSet::text);
  add(text_property_methods(), &MethodSet::text);
  add(list_methods(), &MethodSet::list);
  add(tuple_methods(), &MethodSet::tuple);
  add(dict_methods(), &MethodSet::dict);
  add(integer_methods(), &MethodSet::integer);
  add(real_methods(), &MethodSet::real);
  return index;
}

}  // namespace

const MethodSet* find_methods(std::string_view name) {
  static const Index index = build_index();
  auto at = index.find(name);
  return at == index.end() ? nullptr : &at->second;
}

std::string BoundMethod::show() const {
  return "<built-in method " + std::string(method_->name) + " of " + std::string(jinja::type_name(self_)) +
         " object>";
}

bool BoundMethod::same_as(const Thing& other) const {
  const auto* method = dynamic_cast<const BoundMethod*>(&other);
  return method && method->method_ == method_ && identical(method->self_, self_);
}

void before_change(Interpreter& in, const Value& container) {
  bool constant = container.is(Value::Type::dict) ? container.dict().constant : container.items().constant;
  if (constant || container.object()->refs >= Object::immortal) throw ContextChange{};
  in.keep(container);
}

}  // namespace rb::jinja
