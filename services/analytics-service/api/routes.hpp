#pragma once
// Every endpoint of analytics-service: routes.cpp is the list.
#include "api/app.hpp"

namespace rb::analytics {

void add_routes(http::Api& api, App& app);
void show_answers(http::Api& api);  // in the document; after all endpoints are there

}  // namespace rb::analytics
