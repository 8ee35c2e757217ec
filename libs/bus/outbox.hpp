#pragma once
// The table <prefix>_outbox: messages that were committed and wait for the broker. A row belongs to the
// instance that wrote it for as long as its lease lasts; later any instance may claim it. Loop thread only.
#include <string>
#include <vector>

#include "bus/deps.hpp"
#include "bus/event_bus.hpp"
#include "bus/ordered_keys.hpp"
#include "db/prefixed.hpp"

namespace rb::bus {

class Outbox {
 public:
  struct Row {
    std::string id;
    Message message;
  };

  Outbox(const Deps& deps, const std::string& prefix);

  void add(db::Transaction& tx, const Message& message);

  // The oldest rows that are this instance's, or nobody's any more, in the order of writing. They stay its
  // own for more than half a lease: longer than a silent broker is waited for.
  Task<std::vector<Row>> claim(int most);
  Task<> remove(std::vector<std::string> ids);
  Task<> release();  // this instance ends: others may claim its rows at once
  Task<std::int64_t> count();

 private:
  db::Database& database_;
  const Clock& clock_;
  const Micros lease_;
  OrderedKeys keys_;
  db::PrefixedQuery insert_, read_, claim_, delete_, release_, count_;
};

Task<> migrate_outbox(db::Database& database, std::string prefix, const Clock& clock);

}  // namespace rb::bus
