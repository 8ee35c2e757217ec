#pragma once
// Events from the bus into log and facts: committed, then acknowledged. What cannot be understood goes to the
// dead letters.
#include "jobs/intake.hpp"
#include "runtime.hpp"
#include "service/consumer.hpp"

namespace rb::analytics {

// Batches are as large as what has gathered while the last one was worked on.
bus::QueueSpec event_queue();

class Ingest {
 public:
  explicit Ingest(Runtime& runtime);

  // The consumer of `analytics.events`. Throws only when the database is away: the batch is given back then.
  Task<> consume(bus::Batch batch) { return consumer_.consume(std::move(batch)); }

 private:
  Task<std::vector<bool>> take(std::vector<events::Event> batch);

  Runtime& rt_;
  Intake intake_;
  service::EventConsumer consumer_;
};

}  // namespace rb::analytics
