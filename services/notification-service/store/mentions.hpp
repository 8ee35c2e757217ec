#pragma once
// Texts that are not a person's own and still speak of them: events, dead letters, kept answers of calls.
#include <string>
#include <vector>

#include "events/event.hpp"
#include "service/mentions.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// The newest first.
Task<std::vector<events::Event>> events_that_mention(QueryRunner read, std::string user_id);

// Empties the events and removes the dead letters and answers that mention the person.
Task<> erase_mentions(db::Transaction& tx, std::string user_id);

}  // namespace rb::notification
