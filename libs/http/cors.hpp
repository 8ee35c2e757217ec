#pragma once
// Cross-origin requests from browsers (Fetch standard). Pure.
#include "http/message.hpp"

namespace rb::http {

// Adds what the browser needs when the request's Origin is one of `origins` ("*": any).
void allow_origin(const std::vector<std::string>& origins, const Request& request, Response& response);

// The answer to OPTIONS on a path with these methods.
Response options_answer(const std::vector<Method>& allowed);
std::string allow_header(std::vector<Method> allowed);

}  // namespace rb::http
