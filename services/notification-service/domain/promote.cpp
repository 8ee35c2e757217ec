#include "domain/promote.hpp"

#include "domain/timing/outdated.hpp"

namespace rb::notification {

Promoted promote(const Message& message, const Person& person, const Lesson* lesson, const Channels& channels,
                 Time now) {
  if (message.expires && now >= *message.expires) return {"cancelled", "lesson_started", {}};
  if (lesson != nullptr)
    if (auto reason = outdated(message, *lesson); !reason.empty()) return {"cancelled", reason, {}};
  if (message.channel) {
    auto reason = veto(person, message.type, message.purpose, *message.channel, message.student_id);
    if (!reason.empty()) return {"suppressed", reason, {}};
    return {"pending", "", {*message.channel}};
  }
  auto choice = choose_channels(person, message.type, message.purpose, channels, message.student_id);
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
