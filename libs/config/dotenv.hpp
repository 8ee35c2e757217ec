#pragma once
// The .env format: NAME=value, "export" before it, # comments, 'literal' and "escaped" values (\n \t \" \\),
// which may run over several lines. No variable is expanded. Pure.
#include <map>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace rb::config {

using Variables = std::map<std::string, std::string, std::less<>>;

// A name given twice has its last value. Errc::invalid: which line is not of this form.
Result<Variables> parse_dotenv(std::string_view text);

}  // namespace rb::config
