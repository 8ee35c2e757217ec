#include "domain/promote.hpp"

namespace rb::notification {

Promoted promote(const Message& message, const Person& person, const Channels& channels, Time now) {
  if (message.expires && now >= *message.expires) return {"cancelled", "lesson_started", {}};
  if (message.channel) return {"pending", "", {*message.channel}};
  auto choice = choose_channels(person, message.type, message.purpose, channels);
  if (choice.channels.empty()) return {"suppressed", choice.reason, {}};
  return {"pending", "", choice.channels};
}

Message copy_for(const Message& message, Channel channel, std::string id, Time now) {
  auto copy = message;
  copy.id = std::move(id);
  copy.key += ":" + std::string(to_string(channel));
  copy.channel = channel;
  copy.status = "pending";
  copy.queued = true;
  copy.due = copy.created = now;
  return copy;
}

}  // namespace rb::notification
