#include "db/json_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace rb::db {

namespace json = boost::json;

std::string json_list(const std::vector<std::string>& items) {
  json::array out;
  for (const auto& item : items) out.emplace_back(item);
  return json::serialize(out);
}

std::vector<std::string> read_json_list(std::string_view text) {
  std::vector<std::string> out;
  auto value = json::parse(text);
  for (const auto& item : value.as_array()) out.emplace_back(item.as_string());
  return out;
}

json::object read_json_object(std::string_view text) { return json::parse(text).as_object(); }

std::string text_of(const json::array& rows) { return json::serialize(rows); }
std::string text_of(const json::object& object) { return json::serialize(object); }

}  // namespace rb::db
