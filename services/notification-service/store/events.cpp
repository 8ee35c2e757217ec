#include "store/events.hpp"

#include <boost/json/serialize.hpp>

#include "events/normal.hpp"
#include "rb/notification/sql/events.sql.hpp"
#include "rb/notification/sql/inbox.sql.hpp"
#include "store/rows.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

std::vector<EventKey> keys(const db::Rows& rows) {
  std::vector<EventKey> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.emplace_back(rows.text(i, "source"), rows.text(i, "id"));
  return out;
}

Rank rank_from(const bj::object& in, std::string_view at, std::string_view by) {
  return {from_micros(in.at(at).as_int64()), std::string(in.at(by).as_string())};
}

// An older program has written whether the student takes part, and no more.
Part part_from(const bj::value& value) {
  if (value.is_bool()) return {value.as_bool()};
  const auto& part = value.as_object();
  return {part.at("takes_part").as_bool(), rank_from(part, "decided_at", "decided_by"),
          rank_from(part, "ended_at", "ended_by")};
}

bj::object to_json(const Part& part) {
  return {{"takes_part", part.takes_part},
          {"decided_at", to_micros(part.decided.at)},
          {"decided_by", part.decided.by},
          {"ended_at", to_micros(part.ended.at)},
          {"ended_by", part.ended.by}};
}

Lesson lesson_from(const db::Rows& rows, std::size_t i) {
  Lesson lesson;
  lesson.id = rows.text(i, "id");
  lesson.tutor_id = rows.text(i, "tutor_id");
  for (const auto& [id, part] : read_json_object(rows.text(i, "students")))
    lesson.students[std::string(id)] = part_from(part);
  lesson.scheduled_at = rows.maybe_time(i, "scheduled_at");
  lesson.called_off = rows.boolean(i, "called_off");
  lesson.details = read_json_object(rows.text(i, "details"));
  lesson.decided = {rows.time(i, "decided_at"), rows.text(i, "decided_by")};
  lesson.ended = {rows.time(i, "ended_at"), rows.text(i, "ended_by")};
  lesson.sequence = rows.integer(i, "sequence");
  return lesson;
}

bj::object lesson_row(const Lesson& lesson) {
  bj::object students;
  for (const auto& [id, part] : lesson.students) students[id] = to_json(part);
  bj::object row;
  row["id"] = lesson.id;
  row["tutor_id"] = lesson.tutor_id;
  row["students"] = text_of(students);
  row["scheduled_at"] = lesson.scheduled_at ? bj::value(to_micros(*lesson.scheduled_at)) : bj::value();
  row["called_off"] = lesson.called_off;
  row["details"] = text_of(lesson.details);
  row["decided_at"] = to_micros(lesson.decided.at);
  row["decided_by"] = lesson.decided.by;
  row["ended_at"] = to_micros(lesson.ended.at);
  row["ended_by"] = lesson.ended.by;
  row["sequence"] = lesson.sequence;
  return row;
}

}  // namespace

Task<std::vector<EventKey>> take_events(db::Transaction& tx, const std::vector<events::Event>& events,
                                        Time now) {
  bj::array rows;
  for (const auto& event : events)
    rows.push_back({{"source", event.source},
                    {"id", event.id},
                    {"same_words", events::id_of_day_before(event.id)},
                    {"type", event.type},
                    {"moment", to_micros(event.time)},
                    {"received_at", to_micros(now)},
                    {"data", text_of(event.data)}});
  db::Params params = {{"items", text_of(rows)}, {"remembered_since", now - events::kWordsRemembered}};
  co_return keys(co_await tx.run(sql::take_events, std::move(params)));
}

events::Event event_from(const db::Rows& rows, std::size_t i, std::string_view data_column) {
  events::Event event;
  event.source = rows.text(i, "source");
  event.id = rows.text(i, "id");
  event.type = rows.text(i, "type");
  event.time = rows.time(i, "moment");
  event.data = read_json_object(rows.text(i, data_column));
  return event;
}

Task<std::optional<events::Event>> event_by_id(QueryRunner read, std::string source, std::string id) {
  auto rows = co_await read(sql::event_by_id, {{"source", source}, {"id", id}});
  if (rows.empty()) co_return std::nullopt;
  co_return event_from(rows, 0, "data");
}

Task<std::map<std::string, Lesson>> load_lessons(QueryRunner read, std::vector<std::string> ids) {
  std::map<std::string, Lesson> out;
  if (ids.empty()) co_return out;
  auto rows = co_await read(sql::lessons_by_ids, {{"ids", json_list(ids)}});
  for (std::size_t i = 0; i < rows.size(); ++i) out.emplace(rows.text(i, "id"), lesson_from(rows, i));
  co_return out;
}

void save_lessons(db::Transaction& tx, const std::vector<Lesson>& lessons) {
  bj::array rows;
  for (const auto& lesson : lessons) rows.push_back(lesson_row(lesson));
  if (!rows.empty()) tx.post(sql::upsert_lessons, {{"items", text_of(rows)}});
}

const service::Tables& tables() {
  static const service::Tables kTables("notification");
  return kTables;
}

}  // namespace rb::notification
