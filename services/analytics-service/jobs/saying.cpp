#include "jobs/saying.hpp"

#include "log/log.hpp"
#include "service/accepted_events.hpp"
#include "store/log.hpp"

namespace rb::analytics {

Task<> say(Runtime& rt, db::Transaction& tx, std::vector<events::Event> events) {
  if (events.empty()) co_return;
  co_await service::accept(tx, tables(), rt.bus, events, rt.clock.now());
  tx.on_commit([&bus = rt.bus, said = std::move(events)] {
    bus.flush();
    for (const auto& event : said)
      log::info("an event of our own", {{"event_id", event.id}, {"type", event.type}});
  });
}

}  // namespace rb::analytics
