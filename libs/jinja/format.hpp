#pragma once
// Python's format(value, spec) and text.format(...). Fields like {0.name[key]} pass the sandbox as template
// attributes do; a safe text escapes what is put into it.
#include <string>
#include <string_view>

#include "jinja/arguments.hpp"
#include "jinja/objects.hpp"

namespace rb::jinja {

[[noreturn]] inline void bad_format(std::string message) { raise(ErrorKind::value, std::move(message)); }

std::string format_value(const Value& v, std::string_view spec);
Value format_text(Interpreter& in, const Value& format, Arguments& arguments);

// A real in the style of 'e', 'f', 'g' (or capitals) or '%'; `alternative` keeps the point and trailing
// zeros.
std::string format_real(double d, char style, int precision, bool alternative);

// "1234567.89" → "1,234,567.89": separators between the digits before the point, every `group` ones.
std::string group_digits(std::string_view number, std::string_view separator, std::size_t group = 3);

}  // namespace rb::jinja
