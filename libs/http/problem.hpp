#pragma once
// RFC 9457 problem documents. Pure.
#include "http/message.hpp"

namespace rb::http {

int status_of(Errc code);
std::string_view reason_phrase(int status);

// {type, title, status, detail, instance, request_id, errors}; Retry-After and WWW-Authenticate where the
// status asks for them.
Response problem(const Error& error, const Request& request);
Response problem(int status, std::string_view detail, const Request& request);
boost::json::object problem_schema();

}  // namespace rb::http
