#include "bus/rabbit_topology.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>

#include "bus/message_row.hpp"

namespace rb::bus {
namespace {

constexpr int kWakeUpsKept = 100;

using Arguments = std::vector<amqp_table_entry_t>;

// A refused declaration closes its channel: each gets one of its own.
void on_own_channel(Connection& connection, const std::function<void()>& work) {
  connection.open_channel(kChannel);
  work();  // ChannelClosed: the channel is gone already
  connection.close_channel(kChannel);
}

void declare_exchange(Connection& connection, const std::string& name) {
  on_own_channel(connection, [&] {
    amqp_exchange_declare(connection.raw(), kChannel, bytes(name), bytes("topic"), 0, 1, 0, 0,
                          amqp_empty_table);
    connection.check(amqp_get_rpc_reply(connection.raw()), kChannel);
  });
}

void declare_our_exchange(Connection& connection, const RabbitSettings& settings) {
  try {
    declare_exchange(connection, settings.exchange);
  } catch (const ChannelClosed& closed) {
    throw Broken(
        fmt::format("RabbitMQ does not give us the exchange {0} ({1}). If nobody else needs it, delete it "
                    "and start again: rabbitmqctl eval 'rabbit_exchange:delete(rabbit_misc:r(<<\"{2}\">>, "
                    "exchange, <<\"{0}\">>), false, <<\"admin\">>).'",
                    settings.exchange, closed.what(), settings.vhost));
  }
}

amqp_table_entry_t quorum() {
  amqp_table_entry_t entry{};
  entry.key = amqp_cstring_bytes("x-queue-type");
  entry.value.kind = AMQP_FIELD_KIND_UTF8;
  entry.value.value.bytes = bytes("quorum");
  return entry;
}

amqp_table_entry_t at_most(int messages) {
  amqp_table_entry_t entry{};
  entry.key = amqp_cstring_bytes("x-max-length");
  entry.value.kind = AMQP_FIELD_KIND_I32;
  entry.value.value.i32 = messages;
  return entry;
}

void declare_queue(Connection& connection, const RabbitSettings& settings, const std::string& name,
                   Arguments arguments) {
  try {
    on_own_channel(connection, [&] {
      amqp_table_t table{static_cast<int>(arguments.size()), arguments.data()};
      amqp_queue_declare(connection.raw(), kChannel, bytes(name), 0, 1, 0, 0, table);
      connection.check(amqp_get_rpc_reply(connection.raw()), kChannel);
    });
  } catch (const ChannelClosed& closed) {
    throw Broken(fmt::format(
        "RabbitMQ does not give us the queue {0} as a durable quorum queue ({1}). Delete it and start again: "
        "`rabbitmqctl -p {2} delete_queue {0} --if-empty`. If it is not empty, let the program that declared "
        "it work it off first, until `rabbitmqctl -p {2} list_queues name messages` shows 0",
        name, closed.what(), settings.vhost));
  }
}

void bind(Connection& connection, const std::string& exchange, const Topology& topology) {
  on_own_channel(connection, [&] {
    for (const auto& queue : topology.queues) {
      for (const auto& key : queue.binding_keys) {
        amqp_queue_bind(connection.raw(), kChannel, bytes(queue.name), bytes(exchange), bytes(key),
                        amqp_empty_table);
        connection.check(amqp_get_rpc_reply(connection.raw()), kChannel);
      }
    }
  });
}

void use_legacy_exchange(Connection& connection, const std::string& name, const Topology& topology,
                         std::vector<std::string>& warnings) {
  try {
    declare_exchange(connection, name);
  } catch (const ChannelClosed& closed) {
    warnings.push_back(fmt::format(
        "exchange {} of LEGACY_EXCHANGES is not a durable topic exchange and is used as it is: {}", name,
        closed.what()));
  }
  try {
    bind(connection, name, topology);
  } catch (const ChannelClosed& closed) {
    warnings.push_back(
        fmt::format("exchange {} of LEGACY_EXCHANGES cannot be used: {}", name, closed.what()));
  }
}

}  // namespace

std::vector<std::string> declare(Connection& connection, const RabbitSettings& settings,
                                 const Topology& topology) {
  declare_our_exchange(connection, settings);
  for (const auto& queue : topology.queues) {
    declare_queue(connection, settings, queue.name, {quorum()});
    declare_queue(connection, settings, dead_letter_queue(queue.name), {quorum()});
  }
  for (const auto& name : topology.wake_queues) {
    declare_queue(connection, settings, name, {quorum(), at_most(kWakeUpsKept)});
  }
  bind(connection, settings.exchange, topology);
  std::vector<std::string> warnings;
  for (const auto& name : settings.legacy_exchanges)
    use_legacy_exchange(connection, name, topology, warnings);
  return warnings;
}

}  // namespace rb::bus
