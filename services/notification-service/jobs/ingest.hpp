#pragma once
// Events from the bus → messages, in one transaction with the record that the event was taken. A redelivered
// event changes nothing; what cannot be understood goes to the dead letters and never blocks the queue.
#include <vector>

#include "runtime.hpp"

namespace rb::notification {

class Ingest {
 public:
  explicit Ingest(Runtime& runtime) : rt_(runtime) {}

  // The consumer of `notification.events`. Throws only when the database is away: the batch is given back
  // then.
  Task<> consume(bus::Batch batch);

 private:
  struct Item;
  Task<> process(std::vector<Item*> items);
  Task<bool> try_process(std::vector<Item*> items, std::string& problem);
  Task<> work(db::Transaction& tx, std::vector<events::Event> batch, std::vector<std::string>& taken);
  Task<> bury(std::vector<Item*> items);

  Runtime& rt_;
};

}  // namespace rb::notification
