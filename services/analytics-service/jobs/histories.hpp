#pragma once
// The log read whole, a page after another, for whoever makes facts anew. Belongs to the loop's thread.
#include <map>
#include <string>
#include <vector>

#include "store/log.hpp"

namespace rb::analytics {

// By key of the entity; the events of each in their order.
using Histories = std::map<std::string, std::vector<events::Event>>;
Task<Histories> histories_of(db::QueryRunner read, std::vector<std::string> keys);

// The entities whose keys come after `key`, at most a page of them; none: that was all.
Task<std::vector<std::string>> next_entities(db::QueryRunner read, std::string key);
// The events after `seq` that are facts of their own or none.
Task<std::vector<Logged>> next_lone_events(db::QueryRunner read, std::int64_t seq);

inline constexpr std::size_t kEntityPage = 500;

}  // namespace rb::analytics
