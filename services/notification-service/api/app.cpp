#include "api/app.hpp"

#include "service/checks.hpp"
#include "store/tables.hpp"

namespace rb::notification {
App::App(Runtime& runtime, service::Feed& outbox, service::Feed& inbox, const config::AppSettings& settings,
         const std::string& jwt_secret)
    : runtime_(runtime),
      outbox_(outbox),
      inbox_(inbox),
      settings_(settings),
      callers_(runtime.clock, settings.jwt, jwt_secret),
      idempotency_(runtime.database, runtime.clock, tables()),
      dead_letters_{runtime.database, runtime.bus, tables()},
      tickets_(runtime.database, runtime.clock, tables(), runtime.tokens),
      client_(runtime.loop) {}

Task<std::vector<http::Check>> App::checks() {
  auto out = co_await service::checks(runtime_.database, runtime_.bus, runtime_.cache);
  for (const auto& [channel, sender] : runtime_.senders) {
    // The others ask nobody else, or every person's own server.
    if (sender->reach() != Reach::addressed || channel == Channel::webhook) continue;
    const auto* refused = runtime_.refusal(channel);
    bool ok = refused == nullptr;
    out.push_back({std::string(to_string(channel)), ok, false, ok ? "ok" : refused->reason});
  }
  co_return out;
}

}  // namespace rb::notification
