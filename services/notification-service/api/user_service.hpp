#pragma once
// GET {USER_SERVICE_URL}/api/v1/users/{id}/contacts: addresses of people whom nobody has told us about.
#include "api/app.hpp"

namespace rb::notification {

// The person with what the user service knows, written down; the same person when it knows nothing or does
// not answer within three seconds.
Task<Person> ask_user_service(App& app, const http::Request& request, Person person);

}  // namespace rb::notification
