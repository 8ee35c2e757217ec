#pragma once
// Messages that wait, and the digests they become parts of. What becomes of a digest becomes of its parts, in
// the same transaction.
#include <string>
#include <vector>

#include "domain/timing/turn.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// Put-off messages whose time has come, but for parts of digests; nobody else sees them until the transaction
// ends.
Task<std::vector<Message>> claim_deferred(db::Transaction& tx, Time now, int limit);

// What waits is looked at again at once: the person's preferences or consents, or the lesson, have changed.
void recheck_deferred(db::Transaction& tx, const std::string& user_id, const std::string& reason, Time now);
void recheck_deferred_of_lesson(db::Transaction& tx, const std::string& lesson_id, Time now);

// Whose messages count for a minimum interval.
enum class Before {
  all,    // also those that wait: for new messages
  going,  // those that went or are on their way: for what has waited
  gone,   // those that went: for a message whose turn it is
};
// Gives their turns to the messages that would go out now (domain/timing/turn).
Task<> give_turns(db::Transaction& tx, std::vector<Message>& messages, const Directory& directory,
                  Before before, Time now);

// No query where nobody has an interval. `except`: the message itself.
Task<LastTimes> load_last_times(QueryRunner read, std::vector<IntervalKey> keys, Before before,
                                std::string except = "");

struct DigestOf {
  std::string user_id;
  Channel channel = Channel::telegram;
};
Task<std::vector<DigestOf>> due_digests(QueryRunner read, Time now, int limit);

// The parts that are due, the oldest first, locked until the transaction ends.
Task<std::vector<Message>> digest_parts(db::Transaction& tx, DigestOf of, Time now);

// Parts with the status, reason and due moment that they have now; `digest_id` of those that are in a digest.
struct SettledPart {
  Message message;
  std::string digest_id;
};
void settle_digest_parts(db::Transaction& tx, const std::vector<SettledPart>& parts, Time now);

// Digests that are finished: their parts are, too.
void finish_digests(db::Transaction& tx, const std::vector<Message>& digests, Time now);

// `digest` goes out in place of the one with the id `before`.
void move_digest_parts(db::Transaction& tx, const std::string& before, const std::string& digest);

}  // namespace rb::notification
