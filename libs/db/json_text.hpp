#pragma once
// Values ⇄ the JSON texts that statements take and give. Pure.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace rb::db {

std::string json_list(const std::vector<std::string>& items);
std::vector<std::string> read_json_list(std::string_view text);
boost::json::object read_json_object(std::string_view text);
std::string text_of(const boost::json::array& rows);
std::string text_of(const boost::json::object& object);

}  // namespace rb::db
