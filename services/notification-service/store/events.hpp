#pragma once
// Events that came in and the lessons they speak of.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/lesson.hpp"
#include "store/query_runner.hpp"
#include "store/tables.hpp"

namespace rb::notification {

// Writes the events that were not there yet, nor the same words (events/normal.hpp); returns the keys that
// were written.
Task<std::vector<EventKey>> take_events(db::Transaction& tx, const std::vector<events::Event>& events,
                                        Time now);

events::Event event_from(const db::Rows& rows, std::size_t i, std::string_view data_column);

// The newest one with this id; `source` "": of anybody.
Task<std::optional<events::Event>> event_by_id(QueryRunner read, std::string source, std::string id);

Task<std::map<std::string, Lesson>> load_lessons(QueryRunner read, std::vector<std::string> ids);
void save_lessons(db::Transaction& tx, const std::vector<Lesson>& lessons);

}  // namespace rb::notification
