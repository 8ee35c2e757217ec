#include "runtime.hpp"

#include "base/ids.hpp"

namespace rb::notification {

NotificationMetrics::NotificationMetrics(metrics::Registry& registry)
    : finished(registry.counters("repitbot_notifications_total", "Messages by what became of them",
                                 {"channel", "type", "status"})),
      delivery(registry.histograms("repitbot_notification_delivery_seconds",
                                   "From the event to its acceptance by the provider", {"channel"},
                                   metrics::delivery_buckets())),
      processing(registry.histograms("repitbot_notification_processing_seconds",
                                     "From taking a message to recording what became of it", {"channel"})),
      provider(registry.counters("repitbot_provider_requests_total", "Calls of providers by outcome",
                                 {"channel", "result"})),
      queue(registry.gauges("repitbot_notification_queue_size", "Messages that wait", {"queue"})),
      paused(registry.gauges("repitbot_notification_channel_paused", "1 while an operator has paused it",
                             {"channel"})),
      text_fallbacks(registry.counters("repitbot_notification_text_fallbacks_total",
                                       "Messages whose own text failed and gave way to another", {"type"})) {}

Channels Runtime::channels() const {
  Channels out;
  for (const auto& [channel, sender] : senders) out.set(channel, sender->reach());
  return out;
}

const Pause* Runtime::pause(Channel channel, Time now) const {
  auto found = pauses.find(channel);
  return found != pauses.end() && found->second.holds(now) ? &found->second : nullptr;
}

const Trouble* Runtime::refusal(Channel channel) const {
  auto found = reports.find(channel);
  return found != reports.end() && found->second.refused ? &*found->second.refused : nullptr;
}

std::string Runtime::new_id() const { return new_uuid(to_micros(clock.now()) / 1000); }

}  // namespace rb::notification
