#pragma once
// What unconfigured channels would have sent, for the outbox page.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/people.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

struct KeptLetter {
  std::string id, message_id, user_id;
  Channel channel = Channel::telegram;
  std::string address, subject, html, plain;
  Time sent;
  std::string recipient_name;  // read from the directory, "" when unknown
  std::vector<Audience> recipient_roles;
};

Task<> keep_letter(db::Database& database, KeptLetter letter);

// Newest first, older than the cursor.
Task<std::vector<KeptLetter>> kept_letters(QueryRunner read,
                                           std::optional<std::pair<Time, std::string>> before, int limit);

}  // namespace rb::notification
