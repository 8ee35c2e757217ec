#pragma once
// What the handlers of the HTTP API share. Belongs to the loop's thread.
#include "api/directory.hpp"
#include "api/kept.hpp"
#include "charts/painter.hpp"
#include "config/settings.hpp"
#include "http/standard.hpp"
#include "net/worker.hpp"
#include "runtime.hpp"
#include "service/callers.hpp"
#include "service/dead_letter_api.hpp"
#include "service/idempotency.hpp"
#include "service/stream_tickets.hpp"

namespace rb::analytics {

class App {
 public:
  App(Runtime& runtime, const config::AppSettings& settings, const std::string& jwt_secret,
      metrics::Registry& registry);

  Runtime& runtime() { return runtime_; }
  const config::AppSettings& settings() const { return settings_; }
  http::IdempotencyStore& idempotency() { return idempotency_; }
  service::DeadLetterDesk& dead_letters() { return dead_letters_; }
  Painter& painter() { return painter_; }
  net::Worker& sheets() { return sheets_; }  // writes Excel files
  Directory& directory() { return directory_; }
  Kept& kept() { return kept_; }
  service::StreamTickets& tickets() { return tickets_; }

  Result<http::Caller> authenticate(std::string_view token) { return callers_.authenticate(token); }
  Task<std::vector<http::Check>> checks();

 private:
  Runtime& runtime_;
  config::AppSettings settings_;
  service::Callers callers_;
  service::IdempotencyInDatabase idempotency_;
  service::DeadLetterDesk dead_letters_;
  Painter painter_;
  net::Worker sheets_;
  Directory directory_;
  Kept kept_;
  service::StreamTickets tickets_;
};

}  // namespace rb::analytics
