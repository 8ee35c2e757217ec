#pragma once
// Texts that speak of a person who is to be forgotten.
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "service/tables.hpp"

namespace rb::service {

// Whether one of the ids in it (members named "id", "…_id", "…_ids") is this person's. Pure.
bool mentions(const boost::json::value& text, const std::string& user_id);

// The same of JSON text; what cannot be read may well speak of them.
bool mentions_text(const std::string& text, const std::string& user_id);

// The pattern of LIKE for all JSON texts that may mention the person. An id of other than plain letters can
// be written in several ways ("\u0430" is "а"): then all texts may.
std::string may_mention(const std::string& user_id);

// Rows of `key` and `text`: the keys of those whose text mentions the person.
std::vector<std::string> keys_of_mentions(const db::Rows& rows, const std::string& user_id);

// Removes the dead letters and the kept answers of calls that mention the person.
Task<> erase_mentions(db::Transaction& tx, const Tables& tables, std::string user_id);

// What a tombstone keeps of an id: later events are recognised by it, the id is not to be had from it.
std::string tombstone(const std::string& secret, const std::string& id);

}  // namespace rb::service
