#pragma once
// From the bus to a service's work on events: understood, worked on in one batch, acknowledged. What cannot
// be understood, or not even be worked on alone, goes to the dead letters and never blocks the queue. Belongs
// to the loop's thread.
#include <functional>

#include "events/event.hpp"
#include "metrics/standard.hpp"
#include "service/dead_letters.hpp"
#include "time/zone.hpp"

namespace rb::service {

class EventConsumer {
 public:
  struct Deps {
    std::string queue;
    Zone zone;  // of times without an offset
    const Clock& clock;
    db::Database& database;
    const Tables& tables;
    metrics::EventMetrics& metrics;
  };
  // Commits what the events cause and says of each whether it was new. None stands in the batch twice.
  using Work = std::function<Task<std::vector<bool>>(std::vector<events::Event>)>;

  EventConsumer(Deps deps, Work work) : deps_(std::move(deps)), work_(std::move(work)) {}

  // Throws only when the database is away: the batch is given back then.
  Task<> consume(bus::Batch batch);

 private:
  struct Item;
  std::optional<events::Event> read(Item& item) const;
  Task<bool> try_work(std::vector<Item*> items, std::vector<events::Event> batch, std::string& problem);
  Task<> work_alone(std::vector<Item*> items, std::string problem);
  Task<> bury(const std::vector<Item>& items);

  Deps deps_;
  Work work_;
};

}  // namespace rb::service
