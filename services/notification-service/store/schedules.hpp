#pragma once
// What is planned to be sent, once or again and again.
#include "domain/schedule.hpp"
#include "store/messages.hpp"

namespace rb::notification {

void add_schedules(db::Transaction& tx, const std::vector<Schedule>& schedules);
Task<std::optional<Schedule>> schedule_by_id(QueryRunner read, std::string id);

struct ScheduleQuestion {
  std::string status = "scheduled";
  std::string user_id = {}, created_by = {};
  std::optional<std::pair<Time, std::string>> after = {};  // cursor: due, id
  int limit = 50;
};
Task<std::vector<Schedule>> schedules(QueryRunner read, ScheduleQuestion question);

Task<std::optional<Time>> next_schedule(QueryRunner read);

// Schedules whose time has come; nobody else sees them until the transaction ends.
Task<std::vector<Schedule>> claim_schedules(db::Transaction& tx, Time now, int limit);
void advance_schedules(db::Transaction& tx, const std::vector<Schedule>& schedules);

// False: it is no longer as `seen` shows it.
Task<bool> replace_schedule(db::Transaction& tx, Schedule seen, Schedule after, Time now);
Task<bool> cancel_schedule(db::Transaction& tx, std::string id, std::string reason, Time now);
// After its message was taken back.
void cancel_schedule_of_message(db::Transaction& tx, const std::string& message_id);

// Takes back what waits of a schedule or of a bulk sending; returns the messages.
Task<std::vector<std::string>> cancel_waiting(db::Transaction& tx, std::string origin, std::string reason,
                                              Time now);

// What goes by one of these lessons.
Task<std::vector<Schedule>> schedules_of_lessons(db::Transaction& tx, std::vector<std::string> lesson_ids);
// The lesson begins at another time now; what would have been due by then is taken back.
Task<> move_with_lesson(db::Transaction& tx, Schedule schedule, Time start, Time now);

}  // namespace rb::notification
