#include "service/mentions.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "db/json_text.hpp"
#include "rb/service/sql/tables.sql.hpp"

namespace rb::service {

namespace bj = boost::json;

namespace {

bool is_id(std::string_view name) { return name == "id" || name.ends_with("_id") || name.ends_with("_ids"); }

bool equals(const bj::value& value, const std::string& id) {
  if (value.is_string()) return value.get_string() == id;
  if (value.is_int64()) return std::to_string(value.get_int64()) == id;
  if (!value.is_array()) return false;
  return std::ranges::any_of(value.get_array(), [&](const bj::value& item) { return equals(item, id); });
}

}  // namespace

bool mentions(const bj::value& text, const std::string& user_id) {
  if (text.is_array())
    return std::ranges::any_of(text.get_array(), [&](const bj::value& v) { return mentions(v, user_id); });
  if (!text.is_object()) return false;
  return std::ranges::any_of(text.get_object(), [&](const auto& member) {
    return (is_id(member.key()) && equals(member.value(), user_id)) || mentions(member.value(), user_id);
  });
}

bool mentions_text(const std::string& text, const std::string& user_id) {
  boost::system::error_code problem;
  auto value = bj::parse(text, problem);
  return problem || mentions(value, user_id);
}

std::string may_mention(const std::string& user_id) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyz0123456789-_.:@";
  bool plain = ascii_lower(user_id).find_first_not_of(kPlain) == std::string::npos;
  return plain ? "%" + user_id + "%" : "%";
}

std::vector<std::string> keys_of_mentions(const db::Rows& rows, const std::string& user_id) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (mentions_text(rows.text(i, "text"), user_id)) out.push_back(rows.text(i, "key"));
  return out;
}

Task<> erase_mentions(db::Transaction& tx, const Tables& tables, std::string user_id) {
  struct Place {
    const db::Query* find;
    const db::Query* erase;
  };
  for (auto place : {Place{&sql::dead_letters_with, &sql::drop_dead_letters},
                     Place{&sql::answers_with, &sql::drop_answers}}) {
    auto rows = co_await tx.run(tables.of(*place.find), {{"part", may_mention(user_id)}});
    auto keys = keys_of_mentions(rows, user_id);
    if (!keys.empty()) tx.post(tables.of(*place.erase), {{"keys", db::json_list(keys)}});
  }
}

std::string tombstone(const std::string& secret, const std::string& id) {
  return hex(hmac_sha256(secret, "tombstone:" + id));
}

}  // namespace rb::service
