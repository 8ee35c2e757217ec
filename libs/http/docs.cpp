#include "http/docs.hpp"

namespace rb::http {
namespace {

Task<Result<Response>> page() {
  co_return Response::html("<!doctype html><title>API</title><a href=\"/openapi.json\">openapi.json</a>");
}

}  // namespace

void add_docs(Api& api) {
  api.add(get("/docs", [] { return page(); })
              .summary("Interactive API page")
              .tag("service")
              .answers("text/html"));
}

}  // namespace rb::http
