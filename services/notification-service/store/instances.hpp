#pragma once
// The processes that work on this database, as they say themselves.
#include <vector>

#include "domain/channel_state.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

struct Instance {
  std::string id;
  bool sharing = false;  // takes from the limits that all share
  ChannelReports reports;
};

Task<> beat(db::Database& database, Instance self, Time alive_until);
Task<std::vector<Instance>> live_instances(QueryRunner read, Time now);
// Itself at its end, and those that have been dead since `dead_before`.
Task<> remove_instances(db::Database& database, std::string id, Time dead_before);

}  // namespace rb::notification
