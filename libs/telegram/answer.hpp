#pragma once
// Reads the Bot API's answers. Pure, thread-safe; internal to this library and its tests.
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "telegram/outcome.hpp"

namespace rb::telegram {

// The `result` of an answer, or why there is none.
Answer<boost::json::value> classify(int http_status, std::string_view body);

// No answer came. `sent`: the request had left, so that it may have been carried out.
Failure no_answer(bool sent, std::string reason);

}  // namespace rb::telegram
