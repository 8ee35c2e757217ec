#pragma once
// GET /api/v1/analytics/stream: the overview as server-sent events, anew whenever events have changed it, at
// most once a second. The id of an event is the data version of what the caller may see.
#include "api/overview.hpp"

namespace rb::analytics {

Task<Result<http::Response>> stream(App& app, const http::Request& request, OverviewQuery in);

}  // namespace rb::analytics
