#pragma once
// The whole telegram-bot as one object: the bot itself and the endpoints on its port. Knows
// notification-service by its address only. Belongs to the loop's thread.
#include <memory>

#include "config/settings.hpp"
#include "http/server.hpp"
#include "reader.hpp"

namespace rb::bot {

struct Deps {
  net::Loop& loop;
  const Clock& clock;
  metrics::Registry& registry;
  config::AppSettings settings;
  std::string jwt_secret;
};

class Service {
 public:
  explicit Service(Deps deps);

  // Begins to answer on the bot's port and, if there is a token, to read updates. Errc::unavailable: the port
  // cannot be had.
  Result<void> start();
  // Ends what is under way; an update that is not done is handed over again after the next start.
  Task<> stop();

  unsigned short port() const { return server_.port(); }

 private:
  void add_reader(const Deps& deps);
  Task<std::vector<http::Check>> checks();

  config::AppSettings settings_;
  http::Client http_;
  Notifications notifications_;
  std::unique_ptr<Reader> reader_;  // none without a token
  net::TaskGroup jobs_;
  bool serving_ = false;
  http::Api api_;
  http::Server server_;
};

}  // namespace rb::bot
