#include "api/app.hpp"

#include "service/checks.hpp"
#include "store/log.hpp"

namespace rb::analytics {
namespace {

// Tickets signed before the secret was changed go on working.
auth::UrlTokens tokens(const config::AppSettings& settings, const std::string& secret) {
  std::vector<std::string> secrets = {secret};
  secrets.insert(secrets.end(), settings.jwt.previous.begin(), settings.jwt.previous.end());
  return auth::UrlTokens(std::move(secrets));
}

}  // namespace

App::App(Runtime& runtime, const config::AppSettings& settings, const std::string& jwt_secret,
         metrics::Registry& registry)
    : runtime_(runtime),
      settings_(settings),
      callers_(runtime.clock, settings.jwt, jwt_secret),
      idempotency_(runtime.database, runtime.clock, tables()),
      dead_letters_{runtime.database, runtime.bus, tables()},
      painter_(runtime.loop, registry),
      sheets_(runtime.loop),
      directory_(runtime.database),
      kept_(runtime.cache, settings.analytics.charts_cache_ttl, registry),
      tickets_(runtime.database, runtime.clock, tables(), tokens(settings, jwt_secret)) {}

Task<std::vector<http::Check>> App::checks() {
  return service::checks(runtime_.database, runtime_.bus, runtime_.cache);
}

}  // namespace rb::analytics
