#include "api/app.hpp"

#include "service/checks.hpp"
#include "store/log.hpp"

namespace rb::analytics {

App::App(Runtime& runtime, const config::AppSettings& settings, const std::string& jwt_secret)
    : runtime_(runtime),
      settings_(settings),
      callers_(runtime.clock, settings.jwt, jwt_secret),
      idempotency_(runtime.database, runtime.clock, tables()),
      dead_letters_{runtime.database, runtime.bus, tables()},
      painter_(runtime.loop) {}

Task<std::vector<http::Check>> App::checks() {
  return service::checks(runtime_.database, runtime_.bus, runtime_.cache);
}

}  // namespace rb::analytics
