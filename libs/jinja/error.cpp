#include "jinja/error.hpp"

#include <array>

namespace rb::jinja {

std::string_view class_name(ErrorKind kind) {
  static constexpr std::array<std::string_view, 23> names = {"TemplateSyntaxError",
                                                             "TemplateAssertionError",
                                                             "TemplateNotFound",
                                                             "TemplatesNotFound",
                                                             "TemplateRuntimeError",
                                                             "UndefinedError",
                                                             "SecurityError",
                                                             "FilterArgumentError",
                                                             "TypeError",
                                                             "ValueError",
                                                             "KeyError",
                                                             "IndexError",
                                                             "AttributeError",
                                                             "ZeroDivisionError",
                                                             "OverflowError",
                                                             "AssertionError",
                                                             "RuntimeError",
                                                             "OutputLimitError",
                                                             "StepLimitError",
                                                             "MemoryError",
                                                             "RecursionError",
                                                             "TimeLimitError",
                                                             "TemplateLimitError"};
  return names[static_cast<std::size_t>(kind)];
}

void raise(ErrorKind kind, std::string message) { throw Raised{{kind, {}, 0, std::move(message)}}; }

}  // namespace rb::jinja
