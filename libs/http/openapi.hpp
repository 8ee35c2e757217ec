#pragma once
// The OpenAPI 3.1 document of an Api's endpoints. Pure.
#include "http/api.hpp"

namespace rb::http {

boost::json::object openapi(const Api& api);

}  // namespace rb::http
