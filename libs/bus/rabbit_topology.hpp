#pragma once
// Our exchange, queues and bindings in RabbitMQ. For a broker thread.
#include <string>
#include <vector>

#include "bus/rabbit_connection.hpp"

namespace rb::bus {

struct Topology {
  struct Queue {
    std::string name;  // with "<name>.dead" beside it
    std::vector<std::string> binding_keys;
  };
  std::vector<Queue> queues;
  std::vector<std::string> wake_queues;  // short: a wake-up too many is dropped
};

// Declares what is missing; may be repeated. Returns warnings about exchanges of others. Throws Broken with
// the command that cures it when one of ours exists with other properties.
std::vector<std::string> declare(Connection& connection, const RabbitSettings& settings,
                                 const Topology& topology);

}  // namespace rb::bus
