#pragma once
// What has happened to a message: its attempts, and changes of its state that no attempt explains (what it
// waits for, why it was taken back).
#include <string>
#include <vector>

#include "domain/message.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

void note_states(db::Transaction& tx, const std::vector<StateChange>& changes);

// The oldest first.
Task<std::vector<StateChange>> states_of(QueryRunner read, std::string message_id);
Task<std::vector<Attempt>> attempts_of(QueryRunner read, std::string message_id);

// Messages that an event has led to for a person, the oldest first. `source` "": any.
Task<std::vector<Message>> messages_of_event(QueryRunner read, std::string source, std::string event_id,
                                             std::string user_id);

}  // namespace rb::notification
