#include "service/consumer.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/ids.hpp"
#include "events/normal.hpp"
#include "events/types.hpp"
#include "log/log.hpp"

namespace rb::service {

struct EventConsumer::Item {
  std::unique_ptr<bus::Delivery> delivery;
  std::string rejected = {};  // why it goes to the dead letters
  std::string type = {};
  std::string_view result = "ignored";
  Time moment = {};
};

std::optional<events::Event> EventConsumer::read(Item& item) const {
  const auto& message = item.delivery->message();
  auto outcome =
      events::parse_event(message.body, {message.routing_key, message.message_id, message.timestamp,
                                         message.headers, deps_.clock.now(), deps_.zone});
  if (auto* event = std::get_if<events::Event>(&outcome)) {
    item.type = event->type;
    item.moment = event->time;
    return std::move(*event);
  }
  if (auto* rejected = std::get_if<events::Rejected>(&outcome)) {
    item.rejected = rejected->reason;
    item.type = events::find_type(rejected->type) != nullptr ? rejected->type : "";
  }
  return std::nullopt;
}

// False with the reason when the events themselves cannot be worked on; a lost database is thrown on.
Task<bool> EventConsumer::try_work(std::vector<Item*> items, std::vector<events::Event> batch,
                                   std::string& problem) {
  std::vector<bool> fresh;
  try {
    fresh = co_await work_(std::move(batch));
  } catch (const Unavailable&) {
    throw;
  } catch (const std::exception& e) {
    problem = e.what();
    co_return false;
  }
  auto now = deps_.clock.now();
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i]->result = fresh.at(i) ? "accepted" : "duplicate";
    if (fresh[i]) deps_.metrics.lag(std::chrono::duration<double>(now - items[i]->moment).count());
  }
  co_return true;
}

// One event of the batch is poison: each alone, so that only that one is buried.
Task<> EventConsumer::work_alone(std::vector<Item*> items, std::string problem) {
  for (auto* item : items) {
    std::vector<events::Event> batch;
    batch.push_back(read(*item).value());
    if (!co_await try_work({item}, std::move(batch), problem))
      item->rejected = "could not be worked on: " + problem;
  }
}

Task<> EventConsumer::bury(const std::vector<Item>& items) {
  if (std::ranges::all_of(items, [](const Item& item) { return item.rejected.empty(); })) co_return;
  auto now = deps_.clock.now();
  co_await deps_.database.transaction([&](db::Transaction& tx) -> Task<> {
    for (const auto& item : items) {
      if (item.rejected.empty()) continue;
      add_dead_letter(
          tx, deps_.tables,
          {new_uuid(to_micros(now) / 1000), deps_.queue, item.rejected, item.delivery->message(), now});
    }
    co_return;
  });
}

Task<> EventConsumer::consume(bus::Batch batch) {
  std::vector<Item> items;
  items.reserve(batch.size());
  std::vector<Item*> good;
  std::vector<events::Event> events;
  std::unordered_set<std::string> seen;
  for (auto& delivery : batch) {
    auto& item = items.emplace_back(std::move(delivery));
    auto event = read(item);
    if (!event) continue;
    if (!seen.insert(event->id + '\n' + event->source).second) {
      item.result = "duplicate";
      continue;
    }
    good.push_back(&item);
    events.push_back(std::move(*event));
  }
  std::string problem;
  bool done = good.empty() || co_await try_work(good, std::move(events), problem);
  if (!done) co_await work_alone(std::move(good), std::move(problem));
  co_await bury(items);

  for (auto& item : items) {
    if (!item.rejected.empty()) {
      item.result = "rejected";
      log::warn("event rejected", {{"type", item.type}, {"reason", item.rejected}});
    }
    deps_.metrics.taken(item.type, item.result);
    item.rejected.empty() ? item.delivery->ack() : item.delivery->dead(item.rejected);
  }
}

}  // namespace rb::service
