#pragma once
// What the head of a request says beyond its fields, and how the head of an answer is written. Thread-safe.
#include "http/message.hpp"

namespace rb::http {

// Who asks: the address `peer`, or the last one that a proxy of a private network names.
void set_client(Request& request, const std::string& peer);

// Path and query of the target, which a proxy may send with scheme and host. Errc::invalid: broken escapes.
Result<void> set_target(Request& request, std::string_view target);

// The status line and header fields, still without those about the body's length and the empty line.
std::string head_of(const Response& from, bool keep);

}  // namespace rb::http
