#include "jinja/getter.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/numbers.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Value ignore_case(const Value& v) {
  if (!v.is_text()) return v;
  return Value::adopt(v.type(), Str::make(lower(v.text())));
}

Getter::Getter(Interpreter& in, const Value& attribute, Value otherwise)
    : in_(in), otherwise_(std::move(otherwise)) {
  if (attribute.is(Value::Type::none)) return;
  if (!attribute.is_text()) {
    parts_.push_back(attribute);
    return;
  }
  for (const auto& part : split(attribute.text(), '.'))
    parts_.push_back(all_digits(part) ? *parse_integer(part, 10) : Value(part));
}

Value Getter::operator()(const Value& item) const {
  Value at = item;
  for (const auto& part : parts_) {
    at = in_.get_item(at, part);
    if (at.is(Value::Type::undefined) && !otherwise_.is(Value::Type::none)) at = otherwise_;
  }
  return at;
}

}  // namespace rb::jinja
