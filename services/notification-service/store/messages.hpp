#pragma once
// The table of messages, which is its own delivery queue.
#include <optional>
#include <string>
#include <vector>

#include "domain/message.hpp"
#include "domain/plan.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// Writes messages; a key that stands already keeps its message. Returns the ids that were written.
Task<std::vector<std::string>> insert_messages(db::Transaction& tx, std::vector<Message> messages);

// What waits about the lesson is looked at again.
void withdraw_reminders(db::Transaction& tx, const Withdrawal& withdrawal, Time now);

// Due messages of a channel, now leased to `owner`: most urgent first, but the first `oldest` of them are
// those that have waited longest.
Task<std::vector<Message>> claim_due(db::Database& database, Channel channel, std::string owner, Time now,
                                     Time lease_until, int limit, int oldest = 0);

// Planned messages (reminders, later sendings) whose time has come; nobody else sees them until the
// transaction ends.
Task<std::vector<Message>> claim_planned(db::Transaction& tx, Time now, int limit);

struct Promotion {
  std::string id;
  std::string status, reason;  // "pending" or "deferred" with a channel, "suppressed", "cancelled"
  std::optional<Channel> channel;
  Time due = {};  // when it goes out or is looked at again
};
void promote(db::Transaction& tx, const std::vector<Promotion>& promotions, Time now);

// What a try came to. Once another worker has begun the next try, it changes nothing.
struct Record {
  Message message;  // with status, reason, due, queued, unanswered, title, body, provider_id, sent as they
                    // are now
  std::optional<Attempt> attempt;  // none: it was not really tried, and the claim counts as no attempt
};
void record(db::Transaction& tx, const std::vector<Record>& records, const std::string& owner, Time now);

// Gives claimed messages back untried (a rate limit): due again at their `due`.
void put_back(db::Transaction& tx, const std::vector<Message>& messages, const std::string& owner);

// Leases of messages that `owner` still has, now until `until`; returns whose.
Task<std::vector<std::string>> renew_leases(db::Database& database, std::vector<std::string> ids,
                                            std::string owner, Time until);

// Messages whose lease ended by `until`, of workers that vanished, become due now; returns how many, at most
// 500.
Task<int> take_over_expired(db::Transaction& tx, Time until, Time now);

Task<std::optional<Time>> next_due(QueryRunner read, Channel channel);
Task<std::optional<Time>> next_planned(QueryRunner read);

// --- reading for people
Task<std::optional<Message>> message_by_id(QueryRunner read, std::string id);

struct HistoryQuestion {
  std::string user_id = {}, status = {}, type = {}, channel = {};
  std::string family = {};  // "lesson": only types of it
  std::optional<Time> since = {}, until = {};
  std::optional<std::pair<Time, std::string>> before = {};  // cursor: created, id
  int limit = 50, offset = 0;
};
Task<std::vector<Message>> messages_of(QueryRunner read, HistoryQuestion question);
Task<std::int64_t> count_messages_of(QueryRunner read, HistoryQuestion question);

Task<bool> retry_message(db::Transaction& tx, std::string id, Time now);
Task<bool> cancel_message(db::Transaction& tx, std::string id, std::string reason, Time now);

}  // namespace rb::notification
