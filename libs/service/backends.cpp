#include "service/backends.hpp"

#include <algorithm>

#include "bus/embedded.hpp"
#include "bus/rabbit.hpp"
#include "db/open.hpp"
#include "log/log.hpp"

namespace rb::service {
namespace {

constexpr std::size_t kCacheBytes = 16 << 20;

}  // namespace

Task<Backends> Backends::open(net::Loop& loop, const Clock& clock, const config::AppSettings& settings,
                              std::string prefix) {
  Backends out;
  out.database = co_await db::open(loop, {.url = settings.database.url});
  bus::Deps deps{loop, clock, *out.database, [](const std::string& task, const std::string& what) {
                   log::warn("the event bus tries again", {{"task", task}, {"reason", what}});
                 }};
  deps.outbox_lease = std::min<Micros>(deps.outbox_lease, settings.notification.lease);
  out.bus = settings.bus.rabbitmq ? bus::rabbit_bus(deps, bus::rabbit_settings(settings), std::move(prefix))
                                  : bus::embedded_bus(deps);
  const auto& redis = settings.cache;
  out.cache = redis.redis ? cache::redis_cache(
                                loop, {redis.host, redis.port, redis.user, redis.password, redis.database})
                          : cache::memory_cache(clock, kCacheBytes);
  co_return out;
}

}  // namespace rb::service
