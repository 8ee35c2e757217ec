#pragma once
// Which published messages the broker has not yet spoken about: publisher confirms of one AMQP channel
// (RabbitMQ's confirm.select). Pure.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rb::bus {

enum class Outcome {
  confirmed,  // the broker holds it in every bound queue
  unrouted,   // no queue is bound for it; the broker has dropped it
  refused,    // the broker could not take it
  unknown,    // the connection ended first: the broker may hold it or not
};

class Confirms {
 public:
  struct Result {
    std::uint64_t id;
    Outcome outcome;
    bool operator==(const Result&) const = default;
  };

  // The next message in the order of basic.publish; the broker numbers them from 1.
  void published(std::uint64_t id, std::string routing_key, std::string message_id);

  // basic.return comes before the ack of the same message and does not say its number: every open message
  // with these properties counts as returned, which at worst sends one twice.
  void returned(std::string_view routing_key, std::string_view message_id);

  std::vector<Result> settled(std::uint64_t number, bool multiple, bool ack);
  std::vector<Result> abandon();  // the connection is gone
  std::size_t open() const { return open_.size(); }

 private:
  struct Entry {
    std::uint64_t id;
    std::string routing_key, message_id;
    bool returned = false;
  };
  std::map<std::uint64_t, Entry> open_;
  std::uint64_t last_ = 0;
};

}  // namespace rb::bus
