#pragma once
// Writes what became of messages, many at a time: whatever has gathered while the last transaction ran goes
// into the next one. While the database is away the records wait here; only when they are written the
// messages are given back.
#include <optional>
#include <string>
#include <vector>

#include "jobs/leases.hpp"
#include "store/messages.hpp"

namespace rb::notification {

struct Finding {
  Record record;
  std::string suspend;   // suspend the address, for this reason
  std::string moved_to;  // the chat has a new id
  std::string address;
  std::optional<Message> fallback;  // goes out instead, by another channel
};

class Recorder {
 public:
  Recorder(Runtime& runtime, Leases& leases);

  void add(Finding finding);
  Task<> run();  // until stop() and nothing waits any more, or the database does not come back then
  void stop();

 private:
  Task<> write(const std::vector<Finding>& findings);
  void publish(db::Transaction& tx, const Message& message);

  Runtime& rt_;
  Leases& leases_;
  std::vector<Finding> waiting_;
  net::Signal work_;
  bool stopping_ = false;
};

}  // namespace rb::notification
