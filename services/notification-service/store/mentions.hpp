#pragma once
// Texts that are not a person's own and still speak of them: events, dead letters, kept answers of calls.
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// Whether one of the ids in it (members named "id", "…_id", "…_ids") is this person's. Pure.
bool mentions(const boost::json::value& text, const std::string& user_id);

// The newest first.
Task<std::vector<events::Event>> events_that_mention(QueryRunner read, std::string user_id);

// Empties the events and removes the dead letters and answers that mention the person.
Task<> erase_mentions(db::Transaction& tx, std::string user_id);

}  // namespace rb::notification
