#pragma once
// The log of all events, and what the transactions that write it have in common.
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "db/query_runner.hpp"
#include "events/event.hpp"
#include "service/tables.hpp"

namespace rb::analytics {

const service::Tables& tables();  // those that every service has

struct Logged {
  std::int64_t seq = 0;  // in the order of arrival
  events::Event event;
};

struct BatchState {
  std::int64_t number = 0, erased = 0;  // erased: how many people so far
};
// The first statement of a transaction that takes events in: others wait until it ends.
Task<BatchState> begin_batch(db::Transaction& tx);

// The key under which the log keeps an event's entity; "": the event is a fact of its own, or none.
std::string log_key(const events::Event& event);

// Writes those that are not there yet, nor the same words (events/normal.hpp). The seq of each event, in the
// order given; 0: it was there.
Task<std::vector<std::int64_t>> append_events(db::Transaction& tx, const std::vector<events::Event>& events,
                                              Time now);

// Of these entities, with a seq below `before`.
Task<std::vector<Logged>> events_of_entities(db::QueryRunner read, std::vector<std::string> keys,
                                             std::int64_t before = std::numeric_limits<std::int64_t>::max());
// By key of the entity; the events of each in their order.
using Histories = std::map<std::string, std::vector<events::Event>>;
Task<Histories> histories_of(db::QueryRunner read, std::vector<std::string> keys);

Task<std::vector<Logged>> events_that_mention(db::QueryRunner read, std::string user_id);
void rewrite_events(db::Transaction& tx, const std::vector<Logged>& events);

// The whole log, a page after another: entities whose keys come after `key`, and events after `seq` that are
// facts of their own or none. An empty page: that was all.
inline constexpr std::size_t kEntityPage = 500;
Task<std::vector<std::string>> next_entities(db::QueryRunner read, std::string key);
Task<std::vector<Logged>> next_lone_events(db::QueryRunner read, std::int64_t seq);

// Erased people: tombstone → pseudonym.
using Tombstones = std::unordered_map<std::string, std::string>;
Task<Tombstones> load_tombstones(db::QueryRunner read);
void add_tombstones(db::Transaction& tx, const Tombstones& added, Time now);

}  // namespace rb::analytics
