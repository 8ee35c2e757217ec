#pragma once
// Every endpoint of analytics-service: routes.cpp is the list.
#include "api/app.hpp"

namespace rb::analytics {

void add_routes(http::Api& api, App& app);

}  // namespace rb::analytics
