#include "api/accept.hpp"

namespace rb::notification {
namespace {

bus::Message to_message(const events::Event& event) {
  bus::Message message;
  message.routing_key = event.type;
  message.body = events::to_cloudevent(event);
  message.content_type = "application/cloudevents+json";
  message.message_id = event.id;
  message.timestamp = std::chrono::duration_cast<std::chrono::seconds>(event.time.time_since_epoch()).count();
  return message;
}

}  // namespace

Task<std::set<EventKey>> accept(db::Transaction& tx, Runtime& rt, const std::vector<events::Event>& events) {
  std::set<EventKey> fresh;
  for (auto& key : co_await accept_events(tx, events, rt.clock.now())) fresh.insert(std::move(key));
  auto first = fresh;
  for (const auto& event : events)
    if (first.erase({event.source, event.id}) > 0) rt.bus.publish(tx, to_message(event));
  co_return fresh;
}

}  // namespace rb::notification
