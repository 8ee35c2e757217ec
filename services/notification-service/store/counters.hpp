#pragma once
// What was sent, counted while working, so that a question about a year reads thousands of rows and not
// millions.
#include <string>
#include <vector>

#include "domain/latency.hpp"
#include "domain/message.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

// Adds those of the messages that are finished, and how long they took, to this hour.
void count_finished(db::Transaction& tx, const std::vector<Message>& messages, Time now);

struct Counter {
  std::string channel, type, status;
  std::int64_t amount = 0;
};
// Of finished messages. `user_id` "": of everyone, by the hour; else those of messages that came in the
// period.
Task<std::vector<Counter>> counters(QueryRunner read, std::string user_id, Time since, Time until);
// From the event to the provider's yes. Of one person: of the newest messages of the period, at most 10,000.
Task<Latencies> latencies(QueryRunner read, std::string user_id, Time since, Time until);

// Hours of days that ended before `before` are added up to whole UTC days.
Task<> merge_hours(db::Database& database, Time before);

struct QueueSize {
  std::string status;
  std::int64_t amount = 0;
};
Task<std::vector<QueueSize>> queue_sizes(QueryRunner read);  // of what waits or is under way

}  // namespace rb::notification
