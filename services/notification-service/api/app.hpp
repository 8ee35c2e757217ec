#pragma once
// What the handlers of the HTTP API share. Belongs to the loop's thread.
#include "channels/outbox.hpp"
#include "config/settings.hpp"
#include "http/api.hpp"
#include "http/client.hpp"
#include "http/standard.hpp"
#include "runtime.hpp"
#include "service/callers.hpp"
#include "service/dead_letter_api.hpp"
#include "service/idempotency.hpp"
#include "service/stream_tickets.hpp"

namespace rb::notification {

class App {
 public:
  App(Runtime& runtime, service::Feed& outbox, service::Feed& inbox, const config::AppSettings& settings,
      const std::string& jwt_secret);

  Runtime& runtime() { return runtime_; }
  service::Feed& outbox() { return outbox_; }
  service::Feed& inbox() { return inbox_; }
  const config::AppSettings& settings() const { return settings_; }
  http::IdempotencyStore& idempotency() { return idempotency_; }
  http::Client& client() { return client_; }

  // The bot's user name as Telegram's getMe gives it; "" until somebody has told us.
  const std::string& bot_name() const { return bot_name_; }
  void set_bot_name(std::string name) { bot_name_ = std::move(name); }

  service::DeadLetterDesk& dead_letters() { return dead_letters_; }
  service::StreamTickets& tickets() { return tickets_; }

  Result<http::Caller> authenticate(std::string_view token) { return callers_.authenticate(token); }
  Task<std::vector<http::Check>> checks();

 private:
  Runtime& runtime_;
  service::Feed& outbox_;
  service::Feed& inbox_;
  config::AppSettings settings_;
  service::Callers callers_;
  service::IdempotencyInDatabase idempotency_;
  service::DeadLetterDesk dead_letters_;
  service::StreamTickets tickets_;
  http::Client client_;
  std::string bot_name_;
};

}  // namespace rb::notification
