#include "service/checks.hpp"

namespace rb::service {

Task<std::vector<http::Check>> checks(db::Database& database, const bus::EventBus& bus, cache::Cache* cache) {
  bool there = co_await database.ping();
  auto state = bus.state();
  std::vector<http::Check> out;
  out.push_back({"database", there, true, there ? "ok" : "not reachable"});
  out.push_back({"bus", state.connected, false, state.connected ? "ok" : state.problem});
  if (cache == nullptr) co_return out;
  bool cached = co_await cache->ping();
  out.push_back({"cache", cached, false, cached ? "ok" : cache->state().problem});
  co_return out;
}

}  // namespace rb::service
