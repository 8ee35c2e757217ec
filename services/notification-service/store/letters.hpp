#pragma once
// What unconfigured channels would have sent, for the outbox page.
#include <optional>
#include <string>
#include <vector>

#include "domain/people.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

struct Addressee {  // as the directory knows them
  std::string user_id;
  std::string name;  // "" when unknown
  std::vector<Audience> roles;
};

struct KeptLetter {
  std::string id, message_id;
  Channel channel = Channel::telegram;
  std::string address, subject, html, plain;
  Time sent;
  Addressee to;
};

Task<> keep_letter(db::Database& database, KeptLetter letter);

struct LetterFilter {
  std::optional<Channel> channel;
  std::string user_id;  // "": everyone
  std::string before;   // only letters older than the one with this id; "": from the newest
  Time since;           // only letters from then on
};

// Newest first.
Task<std::vector<KeptLetter>> kept_letters(QueryRunner read, LetterFilter filter, int limit);

struct LetterReader {
  Addressee person;
  std::int64_t letters = 0;
};

// Who has letters, the one with the newest first.
Task<std::vector<LetterReader>> letter_readers(QueryRunner read, std::optional<Channel> channel, int limit);

}  // namespace rb::notification
