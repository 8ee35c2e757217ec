#pragma once
// The arithmetic of the language: Python's, including the rules of safe text (adding a plain text to a safe
// one escapes the plain one).
#include "jinja/bigint.hpp"
#include "jinja/objects.hpp"

namespace rb::jinja {

Value arithmetic(Arithmetic op, const Value& a, const Value& b);
Value negate(const Value& v);
Value affirm(const Value& v);  // unary plus
Value absolute(const Value& v);

// v[start:stop:step]; absent bounds are none.
Value slice(const Value& v, const Value& start, const Value& stop, const Value& step);

// Python's slice.indices for a sequence of `size` elements.
struct SliceBounds {
  std::int64_t start, stop, step;
};
SliceBounds slice_bounds(std::int64_t size, const Value& start, const Value& stop, const Value& step);

// visit(index) for each of them; a step beyond all bounds ends the walk.
template <class Visit>
void visit_indices(const SliceBounds& bounds, Visit visit) {
  auto [at, stop, step] = bounds;
  while (step > 0 ? at < stop : at > stop) {
    visit(static_cast<std::size_t>(at));
    if (__builtin_add_overflow(at, step, &at)) return;
  }
}

double to_real(const Value& number);  // a boolean, integer, big or real

// An integer used as an index; TypeError for anything else, saturation for a big one.
std::int64_t to_index(const Value& v);
// The same for a number that is reckoned with before it is used: of a missing one UndefinedError.
std::int64_t to_amount(const Value& v);

// `times` copies of a text
Value repeat_text(const Value& text, std::int64_t times);

}  // namespace rb::jinja
