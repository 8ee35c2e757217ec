#pragma once
// Which events a caller may publish.
#include "http/message.hpp"
#include "runtime.hpp"
#include "service/post_events.hpp"

namespace rb::analytics {

// Admins and services publish all; a tutor what is about their own students, these students' parents and
// their own lessons, payments and homework, and nothing that says who people are: rights follow from that.
// Errc::forbidden: none of them.
Task<Result<void>> keep_own(Runtime& rt, const http::Caller& who, service::IncomingEvents& in);

}  // namespace rb::analytics
