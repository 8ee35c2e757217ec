#pragma once
// Bulk sendings: their recipients and the messages made for them.
#include <map>

#include "domain/bulk.hpp"
#include "store/messages.hpp"

namespace rb::notification {

void add_bulk(db::Transaction& tx, const Bulk& bulk, const std::vector<BulkRecipient>& recipients);
Task<std::optional<Bulk>> bulk_by_id(QueryRunner read, std::string id);
Task<std::vector<BulkRecipient>> bulk_recipients(QueryRunner read, std::string id, std::int64_t after,
                                                 int limit);

// Those whose time has come and that something is to be done for.
Task<std::vector<std::string>> open_bulks(QueryRunner read, Time now);
Task<std::optional<Time>> next_bulk(QueryRunner read, Time now);

// Nobody else works on it until the transaction ends; nullopt: somebody does, or it is over.
Task<std::optional<Bulk>> claim_bulk(db::Transaction& tx, std::string id);

// The messages for recipients up to `position` are written.
void advance_bulk(db::Transaction& tx, const Bulk& bulk, int position,
                  const std::vector<BulkRecipient>& skipped);
void finish_bulk(db::Transaction& tx, const Bulk& bulk, const std::string& status, Time now);

// One bounded portion each; they return how many messages they have changed.
Task<int> hold_messages(db::Transaction& tx, const Bulk& bulk, Time now);
Task<int> release_messages(db::Transaction& tx, const Bulk& bulk, Time now);
Task<int> withdraw_messages(db::Transaction& tx, const Bulk& bulk, Time now);
Task<bool> bulk_waits(db::Transaction& tx, const Bulk& bulk);  // something of it is not finished

// False: it is not in a state that allows this.
enum class BulkChange { pause, resume, cancel };
Task<bool> change_bulk(db::Transaction& tx, std::string id, BulkChange change);

struct BulkState {
  BulkCounts counts;
  std::map<std::string, int> reasons;   // of what was suppressed or failed
  std::map<std::string, int> channels;  // messages by channel
};
Task<BulkState> bulk_state(QueryRunner read, Bulk bulk);

struct BulkMessage {
  std::string id, user_id, channel, status, reason;
};
Task<std::vector<BulkMessage>> bulk_messages(QueryRunner read, Bulk bulk, std::vector<std::string> user_ids);

// A tutor's students and their parents.
Task<std::vector<std::string>> people_of_tutor(QueryRunner read, std::string tutor_id);

}  // namespace rb::notification
