#pragma once
// POST /api/v1/events, the part that all services share: events over HTTP. Accepted means committed, on its
// way to the bus.
#include <boost/describe.hpp>
#include <functional>

#include "http/endpoint.hpp"
#include "metrics/standard.hpp"
#include "service/accepted_events.hpp"
#include "time/zone.hpp"

namespace rb::service {

struct EventResult {
  std::string id;
  std::string status;  // accepted, duplicate, ignored, rejected
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(EventResult, (), (id, status, reason))

struct EventsAnswer {
  int accepted = 0, duplicate = 0, ignored = 0, rejected = 0;
  std::vector<EventResult> results;
};
BOOST_DESCRIBE_STRUCT(EventsAnswer, (), (accepted, duplicate, ignored, rejected, results))

struct IncomingEvents {
  std::vector<EventResult> results;
  std::vector<events::Event> events;  // those that are understood
  std::vector<std::size_t> places;    // of `events` in `results`
};

// One event or an array of up to 1,000; those that go no further are counted. Errc::too_large: more.
Result<IncomingEvents> read_events(json::value body, Time now, const Zone& zone,
                                   metrics::EventMetrics& metrics);

// Rejects those that are not the caller's to say: `why` is the reason, "" for their own. Errc::forbidden when
// all are.
Result<void> keep_own(IncomingEvents& in, const std::function<std::string(const events::Event&)>& why);

// Commits the new ones to the outbox and marks the others as duplicates.
Task<> accept(db::Database& database, const Tables& tables, bus::EventBus& bus, IncomingEvents& in, Time now);

// 202, or 422 when all are rejected.
http::Reply<EventsAnswer> answer_of(IncomingEvents in);

// What the OpenAPI document says of it. The caller adds roles.
http::Endpoint describe_post_events(http::Endpoint endpoint);

}  // namespace rb::service
