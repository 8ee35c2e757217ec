#pragma once
// What the handlers of the HTTP API share. Belongs to the loop's thread.
#include "api/idempotency.hpp"
#include "auth/jwt.hpp"
#include "channels/outbox.hpp"
#include "config/settings.hpp"
#include "http/api.hpp"
#include "http/standard.hpp"
#include "runtime.hpp"

namespace rb::notification {

class App {
 public:
  App(Runtime& runtime, OutboxFeed& outbox, const config::AppSettings& settings,
      const std::string& jwt_secret);

  Runtime& runtime() { return runtime_; }
  OutboxFeed& outbox() { return outbox_; }
  const config::AppSettings& settings() const { return settings_; }
  http::IdempotencyStore& idempotency() { return idempotency_; }

  Result<http::Caller> authenticate(std::string_view token);
  Task<std::vector<http::Check>> checks();

 private:
  Runtime& runtime_;
  OutboxFeed& outbox_;
  config::AppSettings settings_;
  auth::Verifier verifier_;
  IdempotencyInDatabase idempotency_;
};

}  // namespace rb::notification
