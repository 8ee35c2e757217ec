#pragma once
// JSON as the tojson filter writes it: sorted keys, ASCII only, safe inside <script>.
#include <string>

#include "jinja/objects.hpp"

namespace rb::jinja {

// `indent`: none, a number of blanks, or a text. TypeError for values JSON does not have.
std::string html_json(const Value& v, const Value& indent);

}  // namespace rb::jinja
