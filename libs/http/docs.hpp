#pragma once
// The interactive API page at /docs; its assets are part of the binary, no internet is needed.
#include "http/api.hpp"

namespace rb::http {

void add_docs(Api& api);

}  // namespace rb::http
