#include "backends.hpp"

#include <algorithm>

#include "bus/embedded.hpp"
#include "bus/rabbit.hpp"
#include "db/open.hpp"
#include "log/log.hpp"

namespace rb::notification {
namespace {

bus::RabbitSettings rabbit_of(const config::AppSettings& settings) {
  const auto& s = settings.bus;
  bus::RabbitSettings out;
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

}  // namespace

Task<Backends> Backends::open(net::Loop& loop, const Clock& clock, const config::AppSettings& settings) {
  Backends out;
  out.database = co_await db::open(loop, {.url = settings.database.url});
  bus::Deps deps{loop, clock, *out.database, [](const std::string& task, const std::string& what) {
                   log::warn("the event bus tries again", {{"task", task}, {"reason", what}});
                 }};
  deps.outbox_lease = std::min<Micros>(deps.outbox_lease, settings.notification.lease);
  out.bus = settings.bus.rabbitmq ? bus::rabbit_bus(deps, rabbit_of(settings), "notification")
                                  : bus::embedded_bus(deps);
  const auto& redis = settings.cache;
  if (redis.redis)
    out.cache =
        cache::redis_cache(loop, {redis.host, redis.port, redis.user, redis.password, redis.database});
  co_return out;
}

}  // namespace rb::notification
