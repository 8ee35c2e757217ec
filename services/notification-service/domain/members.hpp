#pragma once
// Members of a JSON object that may be missing or of another type, as in the context of a message. Pure.
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "time/clock.hpp"

namespace rb::notification {

std::string text_in(const boost::json::object& from, std::string_view name);  // "": no text
std::optional<std::int64_t> number_in(const boost::json::object& from, std::string_view name);
bool flag_in(const boost::json::object& from, std::string_view name);                          // false: none
std::optional<Time> moment_in(const boost::json::object& from, std::string_view name);         // ISO 8601
const boost::json::object& object_in(const boost::json::object& from, std::string_view name);  // empty: none

}  // namespace rb::notification
