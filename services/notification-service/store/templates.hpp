#pragma once
// Texts written by the school and its tutors, with every version. Methods that write take the caller's
// transaction.
#include "domain/stored_texts.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// What is in force now or planned: where a program begins; then what has changed since.
Task<std::vector<TextVersion>> templates_in_use(QueryRunner read, Time now);
Task<std::vector<TextVersion>> templates_changed_since(QueryRunner read, std::int64_t change);

// Brings `texts` up to date: one statement, which finds nothing while nothing has changed.
Task<> refresh_texts(db::Database& database, StoredTexts& texts, Time now);

// Versions of a name, newest first. What is left open means every one.
struct VersionsQuestion {
  std::string owner, name;
  std::optional<Audience> audience = {};
  std::optional<std::string> channel = {};  // "" is that for any channel
  std::optional<std::string> language = {};
  int limit = 1000;
  std::int64_t offset = 0;
};
Task<std::vector<TextVersion>> template_versions(QueryRunner read, VersionsQuestion question);

// Every version of somebody's own texts.
Task<std::vector<TextVersion>> templates_of(QueryRunner read, std::string owner);

// Holds off every other change of texts until the transaction ends, and gives the number of this one.
Task<std::int64_t> begin_template_change(db::Transaction& tx);

// Appends `text` as the next version of its key and gives it back with its number. `alone`: what is planned
// for the key is withdrawn.
Task<TextVersion> add_template_version(db::Transaction& tx, TextVersion text, std::int64_t change,
                                       bool alone);

void erase_templates(db::Transaction& tx, const std::string& user_id);

}  // namespace rb::notification
