#include "http/docs.hpp"

#include "base/strings.hpp"

namespace rb::http {

// Embedded by the build (rb_embed): the page and its start script from here, the rest from swagger-ui-dist.
namespace docs_page {
std::optional<std::string_view> file(std::string_view path);
}
namespace docs_assets {
std::optional<std::string_view> file(std::string_view path);
}

namespace {

// Only what comes from here runs; Swagger UI sets styles inline and draws its icons from data: URLs.
constexpr auto kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string content_type(std::string_view path) {
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  return "image/png";
}

Task<Result<Response>> page() {
  auto out = Response::html(std::string(docs_page::file("page.html").value()));
  out.headers.set("Content-Security-Policy", kPolicy);
  out.headers.set("Referrer-Policy", "no-referrer");
  co_return out;
}

Task<Result<Response>> asset(const Request& request) {
  const auto& path = request.path_param("file");
  auto bytes = path == "start.js" ? docs_page::file(path) : docs_assets::file(path);
  if (!bytes) co_return fail(Errc::not_found, "the API page has no such file");
  auto out = Response::text(std::string(*bytes), content_type(path));
  out.headers.set("Cache-Control", "public, max-age=86400");
  co_return out;
}

}  // namespace

void add_docs(Api& api) {
  api.add(get("/docs", [] { return page(); })
              .summary("Interactive API page")
              .tag("service")
              .answers("text/html")
              .unlimited());
  api.add(get("/docs/{file}", &asset).hidden().unlimited());
}

}  // namespace rb::http
