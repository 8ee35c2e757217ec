#pragma once
// GET /outbox and what belongs to it: every message of a channel that is not connected, as its recipient
// would see it, live. Development only, for this machine's own browser or an admin's token.
#include "api/app.hpp"

namespace rb::notification {

void add_outbox(http::Api& api, App& app);  // nothing in production

}  // namespace rb::notification
