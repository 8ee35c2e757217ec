#pragma once
// The place a render is at: restored when a function of a template returns. After an error it stays where the
// error happened.
#include <exception>

#include "jinja/interpreter.hpp"

namespace rb::jinja {

struct Interpreter::Entered {
  Entered(Interpreter& interpreter, Context& context, const Compiled& compiled)
      : in(interpreter), context_before(in.context_), compiled_before(in.compiled_), line_before(in.line_) {
    in.context_ = &context;
    in.compiled_ = &compiled;
  }
  ~Entered() {
    in.context_ = context_before;
    if (std::uncaught_exceptions() > errors_before) return;
    in.compiled_ = compiled_before;
    in.line_ = line_before;
  }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;

  Deeper deeper;
  Interpreter& in;
  Context* context_before;
  const Compiled* compiled_before;
  int line_before;
  int errors_before = std::uncaught_exceptions();
};

}  // namespace rb::jinja
