#pragma once
// One text for many people. Pure.
#include <functional>

#include "domain/draft.hpp"

namespace rb::notification {

struct Bulk {
  std::string id;
  std::string status = "planned";  // "running", "paused", "done", "cancelled"
  Time due;                        // messages are made from then on
  Draft draft = {};
  int total = 0;     // recipients
  int position = 0;  // messages are made for recipients up to this number
  std::string created_by = {};
  Time created;
  std::optional<Time> finished = {};
};

struct BulkRecipient {
  int number = 0;  // 1 …
  std::string user_id;
  Audience audience = Audience::any;
  std::string reason = {};  // why there is no message for them
};

std::string origin_of(const Bulk& bulk);

// The messages of one recipient, or the one that says why there is none. Their keys name bulk, recipient and
// channel.
std::vector<Message> messages_for(const Bulk& bulk, const BulkRecipient& to, const Person& person,
                                  const Channels& channels, Time now,
                                  const std::function<std::string()>& new_id);

// Messages of a bulk by what has become of them.
struct BulkCounts {
  int sent = 0, failed = 0, waiting = 0, suppressed = 0, cancelled = 0;
  int finished() const { return sent + failed + suppressed + cancelled; }
  void add(std::string_view status, int amount);
};

int progress_of(const Bulk& bulk, const BulkCounts& counts);  // 0..100

}  // namespace rb::notification
