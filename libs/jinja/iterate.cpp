#include "jinja/iterate.hpp"

#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

[[noreturn]] void not_iterable(const Value& v) {
  raise(ErrorKind::type, "'" + std::string(type_name(v)) + "' object is not iterable");
}

}  // namespace

Cursor::Cursor(Value iterable) : source_(std::move(iterable)) {
  switch (source_.type()) {
    case Type::list:
    case Type::tuple:
    case Type::string:
    case Type::markup:
      return;
    case Type::dict:
      expected_ = source_.dict().entries.size();
      return;
    case Type::undefined:
      if (source_.undefined().strict) source_.undefined().fail();
      return;
    case Type::thing: {
      if (!source_.thing().is_iterator()) {
        auto iterator = source_.thing().iterate();
        if (!iterator) not_iterable(source_);
        source_ = std::move(*iterator);
      }
      iterator_ = static_cast<Iterator*>(&source_.thing());
      return;
    }
    default:
      not_iterable(source_);
  }
}

bool Cursor::next(Value& out) {
  charge_steps();
  switch (source_.type()) {
    case Type::list:
    case Type::tuple: {
      const auto& items = source_.items().items;
      if (at_ >= items.size()) return false;
      out = items[at_++];
      return true;
    }
    case Type::dict: {
      const auto& entries = source_.dict().entries;
      if (entries.size() != expected_) raise(ErrorKind::runtime, "dictionary changed size during iteration");
      if (at_ >= entries.size()) return false;
      out = entries[at_++].key;
      return true;
    }
    case Type::string:
    case Type::markup: {
      if (at_ >= source_.str().size) return false;
      out = point_at(source_.str(), at_, false);
      at_ += out.str().size;
      return true;
    }
    case Type::thing:
      return iterator_->next(out);
    default:
      return false;
  }
}

Value point_at(const Str& text, std::size_t byte, bool markup) {
  auto size = sequence_length(text.data()[byte]);
  auto* point = Str::make(text.view().substr(byte, size));
  return Value::adopt(markup ? Type::markup : Type::string, point);
}

bool iterable(const Value& v) {
  switch (v.type()) {
    case Type::list:
    case Type::tuple:
    case Type::string:
    case Type::markup:
    case Type::dict:
      return true;
    case Type::undefined:
      if (v.undefined().strict) v.undefined().fail();
      return true;
    case Type::thing:
      return v.thing().is_iterator() || v.thing().iterate().has_value();
    default:
      return false;
  }
}

Values to_values(const Value& iterable) {
  if (iterable.is(Type::list) || iterable.is(Type::tuple)) {
    charge_steps(iterable.items().items.size());
    return iterable.items().items;
  }
  Values out;
  Cursor cursor(iterable);
  for (Value item; cursor.next(item);) out.push_back(std::move(item));
  return out;
}

std::optional<std::size_t> length_if_any(const Value& v) {
  switch (v.type()) {
    case Type::string:
    case Type::markup:
      return v.str().length();
    case Type::list:
    case Type::tuple:
      return v.items().items.size();
    case Type::dict:
      return v.dict().entries.size();
    case Type::undefined:
      if (v.undefined().strict) v.undefined().fail();
      return 0;
    case Type::thing:
      return v.thing().length();
    default:
      return std::nullopt;
  }
}

std::size_t length_of(const Value& v) {
  auto n = length_if_any(v);
  if (!n) raise(ErrorKind::type, "object of type '" + std::string(type_name(v)) + "' has no len()");
  return *n;
}

}  // namespace rb::jinja
