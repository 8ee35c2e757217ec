#pragma once
// The directory of people. Methods that write take the caller's transaction.
#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <vector>

#include "domain/people.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// Ids as the functions here and in other stores take them.
inline std::vector<std::string> as_list(const std::set<std::string>& ids) { return {ids.begin(), ids.end()}; }

// The people with these ids, their addresses, consents and preferences; with `relatives`, also their parents,
// children and tutors as full entries.
Task<Directory> load_people(QueryRunner read, std::vector<std::string> ids, bool relatives);

Task<std::vector<std::string>> ids_with_role(QueryRunner read, Audience role);

// Writes people as they stand in `directory`: rows, addresses, relations.
void save_people(db::Transaction& tx, const Directory& directory, const std::vector<std::string>& ids,
                 Time now);

// Preferences alone, with the language and the zone chosen there; a person nobody has told us about becomes
// known by them.
void save_preferences(db::Transaction& tx, const std::string& user_id, const Preferences& preferences,
                      Time now);

struct Consent {
  std::string user_id, purpose;
  bool given = false;
  Time changed_at;
  boost::json::object details = {};  // who gave it, by which channel, version of the text
};
void save_consent(db::Transaction& tx, const Consent& consent);
Task<std::vector<Consent>> consents_on_record(QueryRunner read, std::string user_id);

// Which of the ids belong to erased people.
Task<std::vector<std::string>> erased_ids(QueryRunner read, std::string secret, std::vector<std::string> ids);
// Also what relatives and tutors were told about them. Events and other texts: store/mentions.hpp.
void erase_person(db::Transaction& tx, const std::string& secret, const std::string& user_id, Time now);

void connect_address(db::Transaction& tx, const std::string& user_id, Channel channel,
                     const std::string& address, Time now);
void remove_address(db::Transaction& tx, const std::string& user_id, Channel channel);
void suspend_address(db::Transaction& tx, Channel channel, const std::string& address,
                     const std::string& reason, Time now);
void resume_address(db::Transaction& tx, Channel channel, const std::string& address, Time now);
void move_address(db::Transaction& tx, Channel channel, const std::string& from, const std::string& to,
                  Time now);
Task<std::vector<std::string>> people_at(QueryRunner read, Channel channel, std::string address);

// One-time tokens of the Telegram link; the store keeps their hashes only.
void add_link_token(db::Transaction& tx, const std::string& token, const std::string& user_id, Time expires);

// The person's id. Errc::not_found: no such token. Errc::conflict: used or expired; but the chat that it has
// connected may use it again, so that a call may be repeated.
Task<Result<std::string>> use_link_token(db::Transaction& tx, std::string token, std::string chat, Time now);

}  // namespace rb::notification
