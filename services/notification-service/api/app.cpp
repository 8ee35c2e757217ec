#include "api/app.hpp"

namespace rb::notification {
namespace {

auth::Verifier verifier_of(const config::JwtSettings& jwt, const std::string& secret) {
  std::vector<auth::Key> keys;
  keys.push_back(auth::Key::hs256(secret));
  for (const auto& previous : jwt.previous) keys.push_back(auth::Key::hs256(previous));
  if (jwt.public_key.empty()) return auth::Verifier(std::move(keys));
  auto key = auth::Key::from_public_pem(jwt.public_key);
  if (!key) throw Broken("JWT_PUBLIC_KEY: " + key.error().message);
  keys.push_back(std::move(*key));
  return auth::Verifier(std::move(keys));
}

}  // namespace

App::App(Runtime& runtime, Feed& outbox, Feed& inbox, const config::AppSettings& settings,
         const std::string& jwt_secret)
    : runtime_(runtime),
      outbox_(outbox),
      inbox_(inbox),
      settings_(settings),
      verifier_(verifier_of(settings.jwt, jwt_secret)),
      idempotency_(runtime.database, runtime.clock),
      client_(runtime.loop) {}

Result<http::Caller> App::authenticate(std::string_view token) {
  auto who = verifier_.verify(token, runtime_.clock.now());
  if (!who) return fail(std::move(who.error()));
  http::Caller caller;
  caller.subject = who->user_id;
  for (auto role : who->roles) caller.roles.emplace_back(to_string(role));
  caller.children = who->children_ids;
  return caller;
}

Task<std::vector<http::Check>> App::checks() {
  bool database = co_await runtime_.database.ping();
  auto bus = runtime_.bus.state();
  std::vector<http::Check> out;
  out.push_back({"database", database, true, database ? "ok" : "not reachable"});
  out.push_back({"bus", bus.connected, false, bus.connected ? "ok" : bus.problem});
  if (runtime_.cache != nullptr) {
    bool cache = co_await runtime_.cache->ping();
    out.push_back({"cache", cache, false, cache ? "ok" : runtime_.cache->state().problem});
  }
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
