#pragma once
// Client of notification-service: which chat belongs to whom, and whether anything is sent there. Every call
// has a deadline and may be repeated. Belongs to the loop's thread.
#include <string>
#include <vector>

#include "http/client.hpp"
#include "json/json.hpp"
#include "time/clock.hpp"

namespace rb::bot {

struct Person {
  std::string first_name, language;
};

struct NotificationsSettings {
  std::string url;  // "http://127.0.0.1:8006"
  std::string jwt_secret;
  std::string ca_file = {};  // "": the system's
};

// Errors besides those named: Errc::unavailable when there is no answer now, also because our token is not
// taken; Errc::rejected when the call can never succeed.
class Notifications {
 public:
  Notifications(http::Client& http, const Clock& clock, NotificationsSettings settings);

  // Errc::not_found: no such token. Errc::conflict: used by another chat, or expired.
  Task<Result<Person>> link(std::string token, std::int64_t chat_id);

  // The people connected with the chat, perhaps none. `reason`: "stopped" or "blocked".
  Task<Result<std::vector<Person>>> suspend(std::int64_t chat_id, std::string reason);
  Task<Result<std::vector<Person>>> resume(std::int64_t chat_id);

  Task<bool> lives();  // answers at all

 private:
  Task<Result<json::value>> post(std::string path, json::value body);
  Task<Result<std::vector<Person>>> change(std::int64_t chat_id, std::string_view change, json::value body);

  http::Client& http_;
  const Clock& clock_;
  NotificationsSettings settings_;
};

}  // namespace rb::bot
