#pragma once
// Writes what became of messages, many at a time: whatever has gathered while the last transaction ran goes
// into the next one. While the database is away the records wait here; the leases keep other workers off
// meanwhile.
#include <optional>
#include <string>
#include <vector>

#include "runtime.hpp"
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
  explicit Recorder(Runtime& runtime);

  void add(Finding finding);
  std::size_t waiting() const { return waiting_.size(); }
  Task<> run();  // until stop() and nothing waits any more
  void stop();

 private:
  Task<> write(const std::vector<Finding>& findings);
  void publish(db::Transaction& tx, const Message& message);

  Runtime& rt_;
  std::vector<Finding> waiting_;
  net::Signal work_;
  bool stopping_ = false;
};

}  // namespace rb::notification
