#pragma once
// Python's "format" % arguments.
#include <span>

#include "jinja/objects.hpp"

namespace rb::jinja {

// A tuple is a list of arguments; anything else is the only one, or the mapping that %(key)s asks.
Value percent_format(const Value& format, const Value& arguments);
Value percent_format(const Value& format, std::span<const Value> arguments, const Value* mapping);

}  // namespace rb::jinja
