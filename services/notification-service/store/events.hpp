#pragma once
// Events that came in, the lessons they speak of, and what could not be understood.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bus/event_bus.hpp"
#include "domain/lesson.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

using EventKey = std::pair<std::string, std::string>;  // source, id

// Writes the events that were not there yet; returns the keys that were written.
Task<std::vector<EventKey>> take_events(db::Transaction& tx, const std::vector<events::Event>& events,
                                        Time now);

// The same for events accepted over HTTP.
Task<std::vector<EventKey>> accept_events(db::Transaction& tx, const std::vector<events::Event>& events,
                                          Time now);

events::Event event_from(const db::Rows& rows, std::size_t i, std::string_view data_column);

// The newest one with this id; `source` "": of anybody.
Task<std::optional<events::Event>> event_by_id(QueryRunner read, std::string source, std::string id);

Task<std::map<std::string, Lesson>> load_lessons(QueryRunner read, std::vector<std::string> ids);
void save_lessons(db::Transaction& tx, const std::vector<Lesson>& lessons);

struct DeadLetter {
  std::string id, queue, reason;
  bus::Message message;
  Time received;
};
void add_dead_letter(db::Transaction& tx, const DeadLetter& letter);
Task<std::vector<DeadLetter>> dead_letters(QueryRunner read,
                                           std::optional<std::pair<Time, std::string>> before, int limit);
Task<std::optional<DeadLetter>> dead_letter(QueryRunner read, std::string id);
Task<bool> remove_dead_letter(db::Transaction& tx, std::string id);

// Drops what only protects against repetition and is older than `before`.
Task<> forget_before(db::Database& database, Time before);

}  // namespace rb::notification
