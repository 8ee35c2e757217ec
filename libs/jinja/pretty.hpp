#pragma once
// Python's pprint.pformat: like repr, but in lines of 80 characters, with sorted keys.
#include <string>

#include "jinja/objects.hpp"

namespace rb::jinja {

std::string pretty(const Value& v);

}  // namespace rb::jinja
