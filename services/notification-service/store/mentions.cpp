#include "store/mentions.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "rb/notification/sql/mentions.sql.hpp"
#include "store/events.hpp"
#include "store/rows.hpp"

namespace rb::notification {

namespace json = boost::json;

namespace {

bool is_id(std::string_view name) { return name == "id" || name.ends_with("_id") || name.ends_with("_ids"); }

bool equals(const json::value& value, const std::string& id) {
  if (value.is_string()) return value.get_string() == id;
  if (value.is_int64()) return std::to_string(value.get_int64()) == id;
  if (!value.is_array()) return false;
  return std::ranges::any_of(value.get_array(), [&](const json::value& item) { return equals(item, id); });
}

// What cannot be read may well speak of them.
bool mentions_text(const std::string& text, const std::string& user_id) {
  boost::system::error_code problem;
  auto value = json::parse(text, problem);
  return problem || mentions(value, user_id);
}

// Rows of `key` and `text`; those whose text mentions the person.
std::vector<std::string> keys_of_mentions(const db::Rows& rows, const std::string& user_id) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (mentions_text(rows.text(i, "text"), user_id)) out.push_back(rows.text(i, "key"));
  return out;
}

}  // namespace

bool mentions(const json::value& text, const std::string& user_id) {
  if (text.is_array())
    return std::ranges::any_of(text.get_array(), [&](const json::value& v) { return mentions(v, user_id); });
  if (!text.is_object()) return false;
  return std::ranges::any_of(text.get_object(), [&](const auto& member) {
    return (is_id(member.key()) && equals(member.value(), user_id)) || mentions(member.value(), user_id);
  });
}

Task<std::vector<events::Event>> events_that_mention(QueryRunner read, std::string user_id) {
  auto rows = co_await read(sql::events_with, {{"part", "%" + user_id + "%"}});
  std::vector<events::Event> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (mentions_text(rows.text(i, "text"), user_id)) out.push_back(event_from(rows, i, "text"));
  co_return out;
}

Task<> erase_mentions(db::Transaction& tx, std::string user_id) {
  struct Place {
    const db::Query* find;
    const db::Query* erase;
  };
  for (auto place :
       {Place{&sql::events_with, &sql::empty_events}, Place{&sql::dead_letters_with, &sql::drop_dead_letters},
        Place{&sql::answers_with, &sql::drop_answers}}) {
    auto rows = co_await tx.run(*place.find, {{"part", "%" + user_id + "%"}});
    auto keys = keys_of_mentions(rows, user_id);
    if (!keys.empty()) tx.post(*place.erase, {{"keys", json_list(keys)}});
  }
}

}  // namespace rb::notification
