#pragma once
// When a message goes out: now, after the quiet hours, after the minimum interval, or with the digest.
// Nothing is dropped but a reminder that another one overtakes. Pure.
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/message.hpp"

namespace rb::notification {

struct Turn {
  std::string status;  // "pending", "deferred" or "cancelled"
  std::string reason;  // of the last two: "quiet_hours", "min_interval", "digest", "stale_in_quiet_hours"
  Time due;            // when it is looked at again
};

// Urgent messages, answers to what people asked for and silent channels (inbox, webhook) never wait; neither
// does what is about a lesson that starts before the end of the waiting + 2 h. `last`: when the last message
// of the type went or goes out to the person by the channel.
Turn turn_of(const Message& message, const Person& person, Time now, std::optional<Time> last);

// Whether messages of this type can wait for a digest. The general wish covers what does not press (normal
// and low priority); who names a type or a family gets also what is high into the digest.
bool fits_digest(std::string_view type);

// When the last message of each person, type and channel went or goes out.
struct IntervalKey {
  std::string user_id, type;
  Channel channel = Channel::telegram;
  auto operator<=>(const IntervalKey&) const = default;
};
using LastTimes = std::map<IntervalKey, Time>;

// Of which turn_of() wants to know the last: of those who have a minimum interval.
bool has_interval(const Message& message, const Person& person);
std::vector<IntervalKey> with_intervals(const std::vector<Message>& messages, const Directory& directory);

// Gives their turns to the messages that would go out now; each that gets one counts for those after it.
void set_turns(std::vector<Message>& messages, const Directory& directory, LastTimes last_times, Time now);

}  // namespace rb::notification
