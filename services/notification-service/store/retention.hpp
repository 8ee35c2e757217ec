#pragma once
// What is old enough is forgotten, some rows at a time. That a message went out, when and to whom, stays on
// record.
#include <optional>
#include <string>

#include "db/database.hpp"
#include "time/clock.hpp"

namespace rb::notification {

// Forgets the texts of a stretch of finished messages made before `before`, behind the id `after` ("": from
// the beginning). Returns the stretch's last id; nullopt: nothing more.
Task<std::optional<std::string>> forget_texts(db::Database& database, std::string after, Time before);

// Some of the events, letters of the outbox page, entries of inboxes and files from before `before`, and of
// the links and the texts of schedules and bulk sendings that were over by then; true: there may be more.
Task<bool> forget_some(db::Database& database, Time before);

}  // namespace rb::notification
