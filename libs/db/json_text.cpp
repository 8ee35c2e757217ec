#include "db/json_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace rb::db {

namespace bj = boost::json;

std::string json_list(const std::vector<std::string>& items) {
  bj::array out;
  for (const auto& item : items) out.emplace_back(item);
  return bj::serialize(out);
}

std::vector<std::string> read_json_list(std::string_view text) {
  std::vector<std::string> out;
  auto value = bj::parse(text);
  for (const auto& item : value.as_array()) out.emplace_back(item.as_string());
  return out;
}

bj::object read_json_object(std::string_view text) { return bj::parse(text).as_object(); }

std::string text_of(const bj::array& rows) { return bj::serialize(rows); }
std::string text_of(const bj::object& object) { return bj::serialize(object); }

}  // namespace rb::db
