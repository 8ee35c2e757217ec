#pragma once
// POST /api/v1/events: events over HTTP. Accepted means committed, on its way to the bus.
#include <boost/describe.hpp>

#include "api/app.hpp"

namespace rb::notification {

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

// A tutor publishes events about their own students and these students' parents only.
Task<Result<http::Reply<EventsAnswer>>> post_events(App& app, const http::Request& request, json::value body);

}  // namespace rb::notification
