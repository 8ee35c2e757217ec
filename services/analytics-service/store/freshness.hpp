#pragma once
// Until when an answer stays true: while the data versions of what it was made of stay, and until a moment
// comes that changes it although nothing happens. Versions are read before the facts: what is written in
// between has a later one.
#include "db/query_runner.hpp"
#include "domain/figures/question.hpp"
#include "store/changes.hpp"
#include "store/facts.hpp"

namespace rb::analytics {

void raise_versions(db::Transaction& tx, const Scopes& scopes, std::int64_t version);
void forget_versions(db::Transaction& tx, const std::vector<std::string>& ids);  // of tutors and students
Task<std::int64_t> last_version_of(db::QueryRunner read, Scopes scopes);  // the newest; 0: never changed

struct Freshness {
  std::int64_t epoch = 0;      // versions of different epochs have nothing to do with each other
  std::int64_t directory = 0;  // version of people and their relations
  std::int64_t newest = 0;     // version of all that was asked for, the directory among them
};
Task<Freshness> freshness(db::QueryRunner read, Scopes scopes);

// A service that starts begins one: the database may be another one, or restored to an earlier state.
Task<> begin_epoch(db::Database& database);

// The last moment, not before asked.now, at which what is asked is still as it is at asked.now; nullopt: time
// changes nothing. Of lessons and homework that lie in the span; those of others may make it earlier.
// When a lesson that nobody has marked ends:
Task<std::optional<Time>> next_lesson_end(db::QueryRunner read, const Question& asked, Span span);
// When a planned lesson begins:
Task<std::optional<Time>> next_lesson_start(db::QueryRunner read, const Question& asked, Span span);
// When homework that is not handed in is due:
Task<std::optional<Time>> next_due(db::QueryRunner read, const Question& asked, Span span);

}  // namespace rb::analytics
