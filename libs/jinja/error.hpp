#pragma once
// What can go wrong in a template. Kinds follow the exception classes of Python's Jinja2, so that its
// documentation applies; the limits are our own. Inside the engine an error travels as a `Raised` exception,
// because it must unwind any depth of nested calls; it never leaves Environment, which hands out
// TemplateError.
#include <string>
#include <string_view>
#include <utility>

namespace rb::jinja {

enum class ErrorKind {
  template_syntax,      // the template cannot be read
  template_assertion,   // unknown filter or test, a block defined twice
  template_not_found,   // include, import or extends of an unknown name
  templates_not_found,  // none of several names exists
  template_runtime,     // a rule of the template language is broken while rendering
  undefined,            // a missing variable was used
  security,             // the sandbox refused access
  filter_argument,
  type,
  value,
  key,
  index,
  attribute,
  zero_division,
  overflow,
  assertion,
  runtime,
  output_limit,    // Limits::output_bytes
  step_limit,      // Limits::steps
  memory_limit,    // Limits::memory_bytes, also one single value that is absurdly large
  depth_limit,     // Limits::depth
  time_limit,      // Limits::time
  template_limit,  // Limits::template_bytes
};

// The Python class name: "UndefinedError", "TypeError"...
std::string_view class_name(ErrorKind kind);

struct TemplateError {
  ErrorKind kind = ErrorKind::template_runtime;
  std::string template_name;
  int line = 0;         // 1-based; 0: unknown
  std::string message;  // English, after Jinja2's wording
};

// One sentence for the author of the template, "ru" or "en": where, what, and what to do about it.
std::string explain(const TemplateError& error, std::string_view language);

// An error on its way to the border.
struct Raised {
  TemplateError error;
};

[[noreturn]] void raise(ErrorKind kind, std::string message);

}  // namespace rb::jinja
