#pragma once
// What a person has switched: channels by type and child, quiet hours, digests, intervals, reminders,
// language and zone; the same as upstream's flat switches; and what follows from it for each type.
#include "api/contacts.hpp"

namespace rb::notification {

Task<Result<json::value>> get_preferences(App& app, const http::Request& request, ContactPath in);

// Replaces everything; with flat switches it merges, as PATCH does.
Task<Result<json::value>> put_preferences(App& app, const http::Request& request, json::value body);
Task<Result<json::value>> patch_preferences(App& app, const http::Request& request, json::value body);

}  // namespace rb::notification
