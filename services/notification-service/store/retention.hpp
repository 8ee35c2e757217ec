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

// Events, letters of the outbox page, entries of inboxes and files from before `before`; true: there may be
// more.
Task<bool> forget_events(db::Database& database, Time before);
Task<bool> forget_letters(db::Database& database, Time before);
Task<bool> forget_inbox(db::Database& database, Time before);
Task<bool> forget_files(db::Database& database, Time before);

// The texts of schedules and bulk sendings that were over before then.
Task<bool> forget_schedule_texts(db::Database& database, Time before);
Task<bool> forget_bulk_texts(db::Database& database, Time before);

}  // namespace rb::notification
