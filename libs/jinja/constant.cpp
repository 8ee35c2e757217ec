#include "jinja/constant.hpp"

#include <unordered_map>

#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

class Copier {
 public:
  Value copy(const Value& v) {
    if (!v.is(Type::list) && !v.is(Type::tuple) && !v.is(Type::dict)) return v;
    Deeper deeper;
    if (auto known = copies_.find(v.object()); known != copies_.end()) return known->second;
    return v.is(Type::dict) ? copy_dict(v) : copy_items(v);
  }

 private:
  Value copy_items(const Value& v) {
    auto out = v.is(Type::list) ? make_list() : make_tuple();
    copies_.emplace(v.object(), out);
    for (const auto& item : v.items().items) out.items().items.push_back(copy(item));
    return out;
  }

  Value copy_dict(const Value& v) {
    auto out = make_dict();
    copies_.emplace(v.object(), out);
    for (const auto& entry : v.dict().entries) out.dict().set(copy(entry.key), copy(entry.value));
    return out;
  }

  std::unordered_map<const Object*, Value> copies_;
};

// A tree that nobody else refers to: every text is made anew, as its count is about to stop.
Value private_copy(const Value& v) {
  switch (v.type()) {
    case Type::string:
    case Type::markup: {
      auto* text = Str::make(v.text());
      text->length();
      text->hashed();
      return Value::adopt(v.type(), text);
    }
    case Type::list:
    case Type::tuple: {
      auto out = v.is(Type::list) ? make_list() : make_tuple();
      for (const auto& item : v.items().items) out.items().items.push_back(private_copy(item));
      return out;
    }
    case Type::dict: {
      auto out = make_dict();
      for (const auto& entry : v.dict().entries)
        out.dict().set(private_copy(entry.key), private_copy(entry.value));
      return out;
    }
    default:
      return v;
  }
}

void set_refs(const Value& v, std::uint32_t refs) {
  if (v.type() < Type::undefined) return;
  v.object()->refs = refs;
  if (v.is(Type::list) || v.is(Type::tuple))
    for (const auto& item : v.items().items) set_refs(item, refs);
  if (v.is(Type::dict))
    for (const auto& entry : v.dict().entries) {
      set_refs(entry.key, refs);
      set_refs(entry.value, refs);
    }
}

}  // namespace

Value deep_copy(const Value& v) { return Copier().copy(v); }

Constant::Constant(Value v) : value_(private_copy(v)) {
  v = Value();
  set_refs(value_, Object::immortal);
}

Constant::~Constant() { set_refs(value_, 1); }

}  // namespace rb::jinja
