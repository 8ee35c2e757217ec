#pragma once
// Private real servers for tests, by the script `servers` beside this file. Settings come under the names
// that the services read: DATABASE_URL, RABBITMQ_URL, REDIS_URL, EMAIL_HOST... A server that does not start
// throws. One thread.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "testkit/process.hpp"

namespace rb::testkit {

// One per call, empty, on servers that all tests of a run share and that start at first use.
std::string fresh_postgres_url();
std::string fresh_rabbitmq_url();  // a virtual host of its own
Settings fresh_rabbitmq();         // RABBITMQ_URL and RABBITMQ_API_URL, the management API
std::string fresh_redis_url();

// The shared mail server: EMAIL_*, TLS_CA_FILE, SMTPS_PORT, IMAPS_PORT, MAILDIR. nullopt: only root can start
// it.
std::optional<Settings> shared_mail();

// Servers of one test's own, for tests that stop them. `name` is "pg", "rabbit", "redis" or "mail".
class Servers {
 public:
  // In a folder of its own, nothing started yet. `fsync`: as in production, for measuring.
  explicit Servers(bool fsync = false);
  ~Servers();  // ends all and removes the folder, as does the end of this program
  Servers(const Servers&) = delete;
  Servers& operator=(const Servers&) = delete;

  Settings start(std::string_view name) const;  // again: same port, same data
  void stop(std::string_view name) const;       // as an administrator would
  void kill(std::string_view name) const;       // as a power cut would
  void restart(std::string_view name) const;    // stop and start
  Settings fresh(std::string_view name) const;  // an own database or virtual host in it

  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  bool fsync_;
};

}  // namespace rb::testkit
