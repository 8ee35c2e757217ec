#pragma once
// Where two JSON values differ, for people who read a failed test. Pure.
#include "json/json.hpp"

namespace rb::analytics {

// "$.data.lessons.total_lessons: 3, expected 4", a line for each of the first few; "" when they are equal.
std::string difference(const json::value& got, const json::value& expected);

// A copy for comparing what has no order, or one of ids that pseudonyms replace: rows stand in the order of
// their texts, and a pseudonym is only known to be one.
json::value unordered(const json::value& from);

}  // namespace rb::analytics
