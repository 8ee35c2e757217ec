#include "store/schedules.hpp"

#include <limits>

#include "rb/notification/sql/schedules.sql.hpp"
#include "store/rows.hpp"
#include "store/story.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

Schedule schedule_from(const db::Rows& rows, std::size_t i) {
  Schedule s;
  s.id = rows.text(i, "id");
  s.user_id = rows.text(i, "user_id");
  s.status = rows.text(i, "status");
  s.due = rows.time(i, "due_at");
  s.starts = rows.time(i, "starts_at");
  s.recurrence = rows.text(i, "recurrence");
  s.timezone = rows.text(i, "timezone");
  s.lesson_id = rows.text(i, "lesson_id");
  s.offset_minutes = static_cast<int>(rows.integer(i, "offset_minutes"));
  s.draft = read_draft(read_json_object(rows.text(i, "draft")));
  s.made = static_cast<int>(rows.integer(i, "made"));
  s.missed = static_cast<int>(rows.integer(i, "missed"));
  s.created_by = rows.text(i, "created_by");
  s.created = rows.time(i, "created_at");
  return s;
}

std::vector<Schedule> all_from(const db::Rows& rows) {
  std::vector<Schedule> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(schedule_from(rows, i));
  return out;
}

std::vector<std::string> note(db::Transaction& tx, const db::Rows& rows, const std::string& status,
                              const std::string& reason, Time now) {
  std::vector<std::string> ids;
  std::vector<StateChange> changes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ids.push_back(rows.text(i, "id"));
    changes.push_back({ids.back(), now, status, reason});
  }
  note_states(tx, changes);
  return ids;
}

}  // namespace

void add_schedules(db::Transaction& tx, const std::vector<Schedule>& schedules) {
  bj::array rows;
  for (const auto& s : schedules) {
    bj::object row;
    row["id"] = s.id;
    row["user_id"] = s.user_id;
    row["status"] = s.status;
    row["due_at"] = to_micros(s.due);
    row["starts_at"] = to_micros(s.starts);
    row["recurrence"] = s.recurrence;
    row["timezone"] = s.timezone;
    row["lesson_id"] = s.lesson_id;
    row["offset_minutes"] = s.offset_minutes;
    row["draft"] = text_of(to_json(s.draft));
    row["created_by"] = s.created_by;
    row["created_at"] = to_micros(s.created);
    rows.push_back(std::move(row));
  }
  if (!rows.empty()) tx.post(sql::add_schedules, {{"items", text_of(rows)}});
}

Task<std::optional<Schedule>> schedule_by_id(QueryRunner read, std::string id) {
  auto rows = co_await read(sql::schedule_by_id, {{"id", id}});
  if (rows.empty()) co_return std::nullopt;
  co_return schedule_from(rows, 0);
}

Task<std::vector<Schedule>> schedules(QueryRunner read, ScheduleQuestion q) {
  constexpr auto kNever = std::numeric_limits<std::int64_t>::min();
  auto rows = co_await read(sql::schedules, {{"status", q.status},
                                             {"user_id", q.user_id},
                                             {"created_by", q.created_by},
                                             {"after", q.after ? to_micros(q.after->first) : kNever},
                                             {"after_id", q.after ? q.after->second : ""},
                                             {"limit", q.limit}});
  co_return all_from(rows);
}

Task<std::optional<Time>> next_schedule(QueryRunner read) {
  auto rows = co_await read(sql::next_schedule, {});
  co_return rows.maybe_time(0, "due_at");
}

Task<std::vector<Schedule>> claim_schedules(db::Transaction& tx, Time now, int limit) {
  co_return all_from(co_await tx.run(sql::claim_schedules, {{"now", now}, {"limit", limit}}));
}

void advance_schedules(db::Transaction& tx, const std::vector<Schedule>& schedules) {
  bj::array rows;
  for (const auto& s : schedules)
    rows.push_back({{"id", s.id},
                    {"status", s.status},
                    {"due_at", to_micros(s.due)},
                    {"made", s.made},
                    {"missed", s.missed}});
  if (!rows.empty()) tx.post(sql::advance_schedules, {{"items", text_of(rows)}});
}

Task<bool> replace_schedule(db::Transaction& tx, Schedule seen, Schedule after, Time now) {
  auto changed = co_await tx.run(sql::change_schedule, {{"id", after.id},
                                                        {"due_at", after.due},
                                                        {"starts_at", after.starts},
                                                        {"recurrence", after.recurrence},
                                                        {"timezone", after.timezone},
                                                        {"draft", text_of(to_json(after.draft))},
                                                        {"seen_due_at", seen.due}});
  if (changed.empty()) co_return false;
  const auto& m = after.draft.message;
  auto planned = co_await tx.run(sql::change_planned, {{"origin", origin_of(after)},
                                                       {"due_at", after.due},
                                                       {"type", m.type},
                                                       {"audience", to_string(m.audience)},
                                                       {"priority", static_cast<int>(m.priority)},
                                                       {"template", m.template_name},
                                                       {"context", text_of(m.context)}});
  note(tx, planned, "scheduled", "schedule_changed", now);
  co_return true;
}

Task<bool> cancel_schedule(db::Transaction& tx, std::string id, std::string reason, Time now) {
  auto rows = co_await tx.run(sql::cancel_schedule, {{"id", id}});
  if (rows.empty()) co_return false;
  co_await cancel_waiting(tx, "schedule:" + id, std::move(reason), now);
  co_return true;
}

void cancel_schedule_of_message(db::Transaction& tx, const std::string& message_id) {
  tx.post(sql::cancel_schedule_of_message, {{"message_id", message_id}});
}

Task<std::vector<std::string>> cancel_waiting(db::Transaction& tx, std::string origin, std::string reason,
                                              Time now) {
  auto rows = co_await tx.run(sql::cancel_waiting, {{"origin", origin}, {"reason", reason}});
  co_return note(tx, rows, "cancelled", reason, now);
}

Task<std::vector<Schedule>> schedules_of_lessons(db::Transaction& tx, std::vector<std::string> lesson_ids) {
  co_return all_from(co_await tx.run(sql::schedules_of_lessons, {{"lesson_ids", json_list(lesson_ids)}}));
}

Task<> move_with_lesson(db::Transaction& tx, Schedule schedule, Time start, Time now) {
  auto due = start - std::chrono::minutes(schedule.offset_minutes);
  if (due <= now) {
    co_await cancel_schedule(tx, schedule.id, "lesson_rescheduled", now);
    co_return;
  }
  tx.post(sql::move_schedule, {{"id", schedule.id}, {"due_at", due}});
  auto moved = co_await tx.run(sql::move_planned,
                               {{"origin", origin_of(schedule)}, {"due_at", due}, {"expires_at", start}});
  note(tx, moved, "scheduled", "lesson_rescheduled", now);
}

}  // namespace rb::notification
