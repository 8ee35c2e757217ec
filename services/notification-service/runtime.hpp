#pragma once
// What the jobs and the API of one notification-service share. Belongs to the loop's thread.
#include <map>
#include <memory>
#include <string>

#include "auth/url_token.hpp"
#include "bus/event_bus.hpp"
#include "cache/cache.hpp"
#include "channels/sender.hpp"
#include "db/database.hpp"
#include "domain/channel_state.hpp"
#include "domain/limits.hpp"
#include "domain/peers.hpp"
#include "domain/plan.hpp"
#include "domain/render.hpp"
#include "domain/retry.hpp"
#include "metrics/standard.hpp"
#include "net/loop.hpp"
#include "time/zone.hpp"

namespace rb::notification {

struct Rules {
  RetryRules retry;
  Limits telegram;
  Micros lease = std::chrono::seconds(30);
  bool only_worker = false;  // no other process can work on this database
  Zone event_zone = Zone::utc();
  std::string secret;      // keys tombstones
  std::string public_url;  // "https://school.example"; "" when nobody outside can reach us
};

class NotificationMetrics {
 public:
  explicit NotificationMetrics(metrics::Registry& registry);
  metrics::Labelled<metrics::Counter> finished;        // channel, type, status
  metrics::Labelled<metrics::Histogram> delivery;      // channel: event to accepted by the provider
  metrics::Labelled<metrics::Histogram> processing;    // channel: claimed to recorded
  metrics::Labelled<metrics::Counter> provider;        // channel, result
  metrics::Labelled<metrics::Gauge> queue;             // queue
  metrics::Labelled<metrics::Gauge> paused;            // channel
  metrics::Labelled<metrics::Counter> text_fallbacks;  // type
};

struct Runtime {
  net::Loop& loop;
  const Clock& clock;
  db::Database& database;
  bus::EventBus& bus;
  Rules rules;
  std::map<Channel, std::unique_ptr<Sender>> senders;  // a channel without one is not configured
  std::unique_ptr<Renderer> renderer;
  auth::UrlTokens tokens;  // of unsubscribe links
  metrics::EventMetrics& event_metrics;
  NotificationMetrics& metrics;
  std::string worker;  // this process in leases and attempts
  cache::Cache* cache = nullptr;
  ChannelReports reports = {};  // what providers told this process
  Pauses pauses = {};           // what operators ordered, as last seen
  Peers peers = {};
  StoredTexts* texts = nullptr;  // of the school and its tutors; at most a second old

  Channels channels() const;
  const Pause* pause(Channel channel, Time now) const;  // nullptr: it is not paused
  const Trouble* refusal(Channel channel) const;        // nullptr: its provider lets us in
  std::string new_id() const;                           // sorts by the clock
};

// The topic of wake-ups: «messages may be due».
inline const std::string kDeliveryTopic = "notification.delivery";

}  // namespace rb::notification
