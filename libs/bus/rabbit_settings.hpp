#pragma once
// Where RabbitMQ is and which names we use there. Pure.
#include <chrono>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/settings.hpp"

namespace rb::bus {

struct RabbitSettings {
  std::string host = "localhost";
  int port = 5672;
  std::string user = "guest", password = "guest";
  std::string vhost = "/";
  bool tls = false;
  std::string tls_ca_file;  // PEM; empty: the system's authorities

  std::string exchange = "repitbot.events";
  std::vector<std::string> legacy_exchanges;  // bound as well; never published to

  std::string program = "repitbot";   // how the broker's connection list names us
  std::chrono::seconds deadline{10};  // for connecting, logging in and every answer
};

// The broker that the settings name.
RabbitSettings rabbit_settings(const config::AppSettings& settings);

// Puts the parts of amqp://user:password@host:port/vhost or amqps://… into `settings`. The message of an
// error never holds the password.
Result<RabbitSettings> with_url(RabbitSettings settings, const std::string& url);

}  // namespace rb::bus
