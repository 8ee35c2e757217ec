#pragma once
// The bus over RabbitMQ: a durable topic exchange, durable quorum queues, and an outbox table in the
// service's database, so that nothing is lost while the broker is away. Any number of instances. Source of
// the rules: event_bus.hpp; names and properties in RabbitMQ: rabbit_topology.cpp.
#include <memory>
#include <string>

#include "bus/deps.hpp"
#include "bus/event_bus.hpp"
#include "bus/rabbit_settings.hpp"

namespace rb::bus {

// `prefix` names the outbox table, <prefix>_outbox; instances of one service share it.
std::unique_ptr<EventBus> rabbit_bus(Deps deps, const RabbitSettings& settings, std::string prefix);

}  // namespace rb::bus
