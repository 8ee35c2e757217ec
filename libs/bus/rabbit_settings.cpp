#include "bus/rabbit_settings.hpp"

#include <amqp.h>

namespace rb::bus {

RabbitSettings rabbit_settings(const config::AppSettings& settings) {
  const auto& s = settings.bus;
  RabbitSettings out;
  out.host = s.host;
  out.port = s.port;
  out.user = s.user;
  out.password = s.password;
  out.vhost = s.vhost;
  out.tls = s.tls;
  out.tls_ca_file = settings.process.tls_ca_file;
  out.legacy_exchanges = s.legacy_exchanges;
  return out;
}

Result<RabbitSettings> with_url(RabbitSettings settings, const std::string& url) {
  auto buffer = url;  // the parser cuts it into pieces
  amqp_connection_info parsed{};
  if (amqp_parse_url(buffer.data(), &parsed) != AMQP_STATUS_OK) {
    return fail(Errc::invalid, "is not like amqp://user:password@host:5672/vhost or amqps://…");
  }
  settings.host = parsed.host;
  settings.port = parsed.port;
  settings.user = parsed.user;
  settings.password = parsed.password;
  settings.vhost = parsed.vhost;
  settings.tls = parsed.ssl != 0;
  return settings;
}

}  // namespace rb::bus
