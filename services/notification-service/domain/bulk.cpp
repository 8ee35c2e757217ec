#include "domain/bulk.hpp"

#include <fmt/format.h>

namespace rb::notification {

std::string origin_of(const Bulk& bulk) { return "bulk:" + bulk.id; }

std::vector<Message> messages_for(const Bulk& bulk, const BulkRecipient& to, const Person& person,
                                  const Channels& channels, Time now,
                                  const std::function<std::string()>& new_id) {
  auto message = bulk.draft.message;
  message.user_id = to.user_id;
  message.audience = to.audience;
  message.origin = origin_of(bulk);
  message.due = message.created = message.event_at = now;
  auto out = spread(message, choose_asked(message, person, bulk.draft.channels, channels));
  for (auto& each : out) {
    each.id = new_id();
    each.key = fmt::format("{}:{}:{}", each.origin, each.user_id, to_string(each.channel));
  }
  return out;
}

void BulkCounts::add(std::string_view status, int amount) {
  if (status == "sent" || status == "delivered") {
    sent += amount;
  } else if (status == "failed" || status == "unknown") {
    failed += amount;
  } else if (status == "suppressed") {
    suppressed += amount;
  } else if (status == "cancelled") {
    cancelled += amount;
  } else {
    waiting += amount;
  }
}

int progress_of(const Bulk& bulk, const BulkCounts& counts) {
  if (bulk.finished || bulk.total == 0) return 100;
  auto finished = static_cast<double>(counts.finished());
  auto all = finished + counts.waiting;
  auto share = all > 0 ? finished / all : 0;
  // What is not made yet is not finished either.
  return std::min(99, static_cast<int>(100 * share * bulk.position / bulk.total));
}

}  // namespace rb::notification
