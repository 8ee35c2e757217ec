#pragma once
// POST /api/v1/events: events over HTTP. Accepted means committed, on its way to the bus.
#include "api/app.hpp"
#include "service/post_events.hpp"

namespace rb::notification {

// A tutor publishes events about their own students and these students' parents only.
Task<Result<http::Reply<service::EventsAnswer>>> post_events(App& app, const http::Request& request,
                                                             json::value body);

}  // namespace rb::notification
