#pragma once
// The story of a notification, and why an event reached a person or did not.
#include "api/notifications.hpp"

namespace rb::notification {

struct TraceRequest {
  std::string id;
  std::optional<std::string> language;
};
BOOST_DESCRIBE_STRUCT(TraceRequest, (), (id, language))
json::Rules rules(const TraceRequest*);

struct TraceLine {
  Time at;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(TraceLine, (), (at, text))

struct TraceAnswer {
  std::string notification_id, status;
  std::optional<std::string> channel, reason;
  std::string summary;  // how matters stand
  std::vector<TraceLine> story;
};
BOOST_DESCRIBE_STRUCT(TraceAnswer, (), (notification_id, status, channel, reason, summary, story))

Task<Result<TraceAnswer>> get_trace(App& app, const http::Request& request, TraceRequest in);

struct ExplainRequest {
  std::string event_id, user_id;
  std::optional<std::string> source, language;
};
BOOST_DESCRIBE_STRUCT(ExplainRequest, (), (event_id, user_id, source, language))
json::Rules rules(const ExplainRequest*);

struct ExplainAnswer {
  std::string event_id, user_id;
  std::vector<std::string> explanation;    // sentences
  std::vector<TraceAnswer> notifications;  // that the event has led to for the person
};
BOOST_DESCRIBE_STRUCT(ExplainAnswer, (), (event_id, user_id, explanation, notifications))
json::Rules rules(const ExplainAnswer*);

// Errc::not_found: no such event has come, or it is forgotten.
Task<Result<ExplainAnswer>> explain(App& app, const http::Request& request, ExplainRequest in);

}  // namespace rb::notification
