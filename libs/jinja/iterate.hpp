#pragma once
// Going through anything iterable, as Python's iter() and next() do.
#include <cstddef>
#include <optional>

#include "jinja/objects.hpp"

namespace rb::jinja {

// A pass over a value, which it keeps alive. TypeError from the constructor when the value is not iterable.
// Every element is charged as a step.
class Cursor {
 public:
  explicit Cursor(Value iterable);
  bool next(Value& out);

 private:
  Value source_;
  Iterator* iterator_ = nullptr;
  std::size_t at_ = 0;        // index, or byte offset in a text
  std::size_t expected_ = 0;  // size of a dict, which must not change
};

bool iterable(const Value& v);
Values to_values(const Value& iterable);  // Python's list(v), as a vector

// len(v); nullopt when it has none. For a strict undefined UndefinedError.
std::optional<std::size_t> length_if_any(const Value& v);
std::size_t length_of(const Value& v);  // TypeError when it has none

// The n-th code point of a text as a text.
Value point_at(const Str& text, std::size_t byte, bool markup);

// A Cursor as a value.
class CursorIterator : public Iterator {
 public:
  CursorIterator(Value source, std::string_view name) : cursor_(std::move(source)), name_(name) {}
  bool next(Value& out) override { return cursor_.next(out); }
  std::string_view type_name() const override { return name_; }

 private:
  Cursor cursor_;
  std::string_view name_;
};

}  // namespace rb::jinja
