#pragma once
// Events from the bus → messages, in one transaction with the record that the event was taken. A redelivered
// event changes nothing; what cannot be understood goes to the dead letters and never blocks the queue.
#include <vector>

#include "domain/intake.hpp"
#include "jobs/deliver.hpp"
#include "runtime.hpp"
#include "service/consumer.hpp"

namespace rb::notification {

class Ingest {
 public:
  Ingest(Runtime& runtime, Deliveries& deliveries);

  // The consumer of `notification.events`. Throws only when the database is away: the batch is given back
  // then.
  Task<> consume(bus::Batch batch) { return consumer_.consume(std::move(batch)); }

 private:
  struct Done;
  Task<std::vector<bool>> process(std::vector<events::Event> batch);
  Task<> work(db::Transaction& tx, std::vector<events::Event> batch, Done& done);
  Task<> write_messages(db::Transaction& tx, const Intake& intake, Done& done);
  void take_in_hand(std::vector<Message>& messages);
  Task<> deliver(Done done);

  Runtime& rt_;
  Deliveries& deliveries_;
  service::EventConsumer consumer_;
};

}  // namespace rb::notification
