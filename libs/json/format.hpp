#pragma once
// Recognises the text formats of a Rule. Pure.
#include <string_view>

#include "json/rule.hpp"

namespace rb::json {

bool has_format(std::string_view text, Format format);
std::string_view schema_name(Format format);  // JSON Schema's `format`
std::string_view described(Format format);    // "a valid e-mail address"

// "0", "-5", "17": an integer of at most 18 digits in its one canonical spelling.
bool plain_integer(std::string_view text);

}  // namespace rb::json
