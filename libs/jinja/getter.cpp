#include "jinja/getter.hpp"

#include "base/strings.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/numbers.hpp"
#include "jinja/text.hpp"

namespace rb::jinja {
Value ignore_case(const Value& v) { return v.is_text() ? lower_text(v) : v; }

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
  if (parts_.empty()) return item;
  const auto* from = &item;
  Value at;
  for (const auto& part : parts_) {
    at = in_.get_item(*from, part);
    if (at.is(Value::Type::undefined) && !otherwise_.is(Value::Type::none)) at = otherwise_;
    from = &at;
  }
  return at;
}

}  // namespace rb::jinja
