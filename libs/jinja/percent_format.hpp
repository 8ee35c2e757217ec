#pragma once
// Python's `text % arguments` (printf-style). A safe text escapes what is put into it.
#include "jinja/objects.hpp"

namespace rb::jinja {

Value percent_format(const Value& format, const Value& arguments);

}  // namespace rb::jinja
