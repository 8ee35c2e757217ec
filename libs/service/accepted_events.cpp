#include "service/accepted_events.hpp"

#include "db/json_text.hpp"
#include "rb/service/sql/tables.sql.hpp"

namespace rb::service {
namespace {

bus::Message to_message(const events::Event& event) {
  bus::Message message;
  message.routing_key = event.type;
  message.body = events::to_cloudevent(event);
  message.content_type = "application/cloudevents+json";
  // The body holds the id, too; AMQP has room for 255 bytes of it.
  if (event.id.size() <= 255) message.message_id = event.id;
  message.timestamp = std::chrono::duration_cast<std::chrono::seconds>(event.time.time_since_epoch()).count();
  return message;
}

}  // namespace

Task<std::set<EventKey>> accept(db::Transaction& tx, const Tables& tables, bus::EventBus& bus,
                                const std::vector<events::Event>& events, Time now) {
  boost::json::array items;
  for (const auto& event : events)
    items.push_back({{"source", event.source}, {"id", event.id}, {"accepted_at", to_micros(now)}});
  auto rows = co_await tx.run(tables.of(sql::accept_events), {{"items", db::text_of(items)}});
  std::set<EventKey> fresh;
  for (std::size_t i = 0; i < rows.size(); ++i) fresh.emplace(rows.text(i, "source"), rows.text(i, "id"));
  auto first = fresh;
  for (const auto& event : events)
    if (first.erase({event.source, event.id}) > 0) bus.publish(tx, to_message(event));
  co_return fresh;
}

Task<> forget_before(db::Database& database, const Tables& tables, Time before) {
  co_await database.write(tables.of(sql::forget_accepted_events), {{"before", before}});
  co_await database.write(tables.of(sql::forget_idempotent), {{"before", before}});
  co_await database.write(tables.of(sql::forget_tickets), {{"before", before}});
}

}  // namespace rb::service
