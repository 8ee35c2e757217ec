#pragma once
// The links at the end of mails. Source: RFC 8058 (one click, by POST; opening the page changes nothing).
#include "api/app.hpp"

namespace rb::notification {

Task<Result<http::Response>> show_unsubscribe(App& app, const http::Request& request);

// Switches the mails of the token's type off, or all mails with `scope=all` in the form.
Task<Result<http::Response>> unsubscribe(App& app, const http::Request& request);

}  // namespace rb::notification
