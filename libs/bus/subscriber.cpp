#include "bus/subscriber.hpp"

#include <fmt/format.h>

namespace rb::bus {
namespace {

amqp_channel_t number(std::size_t index) { return static_cast<amqp_channel_t>(index + 1); }

}  // namespace

Subscriber::Subscriber(net::Loop& loop, RabbitSettings settings)
    : thread_(loop, std::move(settings), "consumer") {}

Subscriber::~Subscriber() = default;

void Subscriber::subscribe(std::string queue, int prefetch) {
  channels_.push_back({.queue = std::move(queue), .prefetch = prefetch});
}

void Subscriber::listen(std::string wake_queue) {
  channels_.push_back({.queue = std::move(wake_queue), .wake_up = true});
}

void Subscriber::start(Topology topology, Events events) {
  events_ = std::move(events);
  thread_.start(std::move(topology), *this, [this](const Report& report) { events_.report(report); });
}

void Subscriber::settle(std::size_t queue, Ticket ticket, Verdict verdict) {
  say({Command::Kind::settle, queue, ticket, verdict});
}

void Subscriber::set_paused(std::size_t queue, bool paused) {
  say({.kind = paused ? Command::Kind::pause : Command::Kind::resume, .queue = queue});
}

void Subscriber::say(Command command) {
  unsaid_.push_back(command);
  if (unsaid_.size() > 1) return;
  thread_.post([this] { send_unsaid(); });
}

void Subscriber::send_unsaid() {
  for (auto& said : std::exchange(unsaid_, {})) mailbox_.push(said);
  thread_.wake();
}

Task<> Subscriber::stop() {
  send_unsaid();
  co_await thread_.stop();
}

void Subscriber::work(Connection& connection) {
  open(connection);
  while (true) {
    const bool stopping = thread_.stopping();
    thread_.take_wake();
    while (auto frame = connection.frame()) handle(*frame);
    connection.release();
    tell();
    for (const auto& command : mailbox_.take()) apply(connection, command);
    send_verdicts(connection);
    if (stopping) return;
    connection.wait(thread_.wake_handle(), kBeat);
  }
}

void Subscriber::open(Connection& connection) {
  ++epoch_;
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    auto& channel = channels_[i];
    channel.verdicts = {};
    channel.assembler = {};
    channel.consuming = false;
    connection.open_channel(number(i));
    if (channel.prefetch > 0) {
      amqp_basic_qos(connection.raw(), number(i), 0, static_cast<std::uint16_t>(channel.prefetch), 0);
      connection.check(amqp_get_rpc_reply(connection.raw()), number(i));
    }
    if (!channel.paused) begin(connection, i);
  }
}

void Subscriber::begin(Connection& connection, std::size_t index) {
  auto& channel = channels_[index];
  if (channel.consuming) return;
  // RabbitMQ 3.10 crashes the channel when a tag comes again while messages of its first use are under way
  // (rabbitmq-server issue 5927).
  channel.consumer_tag = fmt::format("{}.{}", channel.queue, ++subscriptions_);
  amqp_basic_consume(connection.raw(), number(index), bytes(channel.queue), bytes(channel.consumer_tag), 0,
                     channel.wake_up ? 1 : 0, 0, amqp_empty_table);
  connection.check(amqp_get_rpc_reply(connection.raw()), number(index));
  channel.consuming = true;
}

void Subscriber::end(Connection& connection, std::size_t index) {
  auto& channel = channels_[index];
  if (!channel.consuming) return;
  amqp_basic_cancel(connection.raw(), number(index), bytes(channel.consumer_tag));
  connection.check(amqp_get_rpc_reply(connection.raw()), number(index));
  channel.consuming = false;
}

void Subscriber::handle(const amqp_frame_t& frame) {
  if (frame.channel == 0 || frame.channel > channels_.size())
    return;  // connection.blocked concerns publishers
  auto& channel = channels_[frame.channel - 1U];
  if (frame.frame_type == AMQP_FRAME_METHOD) {
    auto id = frame.payload.method.id;
    if (id == AMQP_BASIC_CANCEL_METHOD) {
      throw Unavailable(fmt::format("RabbitMQ no longer has the queue {}: declaring it anew", channel.queue));
    }
    if (id != AMQP_BASIC_DELIVER_METHOD) return;
  }
  if (auto arrival = channel.assembler.add(frame)) arrived(channel, std::move(*arrival));
}

void Subscriber::arrived(Channel& channel, Arrival arrival) {
  if (channel.wake_up) {
    woken_.insert(channel.queue);
    return;
  }
  channel.verdicts.delivered(arrival.tag);
  if (channel.paused) {
    channel.verdicts.settle(arrival.tag, Verdict::requeue);
  } else {
    channel.arrivals.push_back(std::move(arrival));
  }
}

void Subscriber::tell() {
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    if (channels_[i].arrivals.empty()) continue;
    auto arrivals = std::make_shared<std::vector<Arrival>>(std::exchange(channels_[i].arrivals, {}));
    thread_.post([this, i, epoch = epoch_, arrivals] { events_.arrived(i, epoch, std::move(*arrivals)); });
  }
  for (const auto& topic : std::exchange(woken_, {})) {
    thread_.post([this, topic] { events_.woken(topic); });
  }
}

void Subscriber::apply(Connection& connection, const Command& command) {
  auto& channel = channels_[command.queue];
  switch (command.kind) {
    case Command::Kind::settle:
      if (command.ticket.epoch == epoch_) channel.verdicts.settle(command.ticket.tag, command.verdict);
      return;
    case Command::Kind::pause:
      channel.paused = true;
      return end(connection, command.queue);
    case Command::Kind::resume:
      channel.paused = false;
      return begin(connection, command.queue);
  }
}

void Subscriber::send_verdicts(Connection& connection) {
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    for (const auto& [verdict, tag, multiple] : channels_[i].verdicts.take()) {
      auto many = static_cast<amqp_boolean_t>(multiple);
      connection.check(verdict == Verdict::ack ? amqp_basic_ack(connection.raw(), number(i), tag, many)
                                               : amqp_basic_nack(connection.raw(), number(i), tag, many, 1));
    }
  }
}

void Subscriber::lost() {
  for (auto& channel : channels_) channel.arrivals.clear();
  ++epoch_;  // verdicts about this connection's deliveries are void
  thread_.post([this] { events_.lost(); });
}

}  // namespace rb::bus
