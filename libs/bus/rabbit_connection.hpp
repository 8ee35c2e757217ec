#pragma once
// One connection to RabbitMQ (rabbitmq-c), used by one thread. Every call has a deadline or can be cut off by
// Interrupt::cut() from another thread. What breaks the connection throws Unavailable with one sentence for a
// person; after that the connection is only good to be destroyed.
#include <amqp.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "bus/event_bus.hpp"
#include "bus/rabbit_settings.hpp"

namespace rb::bus {

constexpr amqp_channel_t kChannel = 1;                   // of a connection that needs only one
constexpr auto kBeat = std::chrono::milliseconds(1000);  // rabbitmq-c sends heartbeats only when it is called

// Lets another thread end whatever call a connection is in.
class Interrupt {
 public:
  void watch(int socket);  // -1: none
  void cut();

 private:
  std::mutex mutex_;
  int socket_ = -1;
};

// A channel that the broker closed because of what we asked for; the connection lives on.
class ChannelClosed : public Broken {
 public:
  ChannelClosed(int c, const std::string& text) : Broken(text), code(c) {}
  int code;  // AMQP 0-9-1 reply code: 406 is PRECONDITION_FAILED, 403 ACCESS_REFUSED
};

class Connection {
 public:
  Connection(const RabbitSettings& settings, const std::string& purpose, Interrupt& interrupt);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  amqp_connection_state_t raw() const { return state_.get(); }

  // Looks at the answer of a call that waits for one. Throws ChannelClosed (and closes our side of `channel`)
  // or Unavailable.
  void check(amqp_rpc_reply_t reply, amqp_channel_t channel);
  void check(int status);  // of a call that only sends

  // The next frame that is here already; nullopt: none. What it points to lives until release().
  std::optional<amqp_frame_t> frame();
  void release() { amqp_maybe_release_buffers(raw()); }

  // Waits until there is something to read, `wake` (an eventfd) is written to, or `most` has passed.
  void wait(int wake, std::chrono::milliseconds most);

  void open_channel(amqp_channel_t channel);
  void close_channel(amqp_channel_t channel);
  void close();  // says goodbye to the broker
  void publish(amqp_channel_t channel, const std::string& exchange, const Message& message, bool mandatory,
               bool persistent);

 private:
  struct Free {
    void operator()(amqp_connection_state_t state) const { amqp_destroy_connection(state); }
  };
  void connect();
  void login(const std::string& purpose);

  const RabbitSettings& settings_;
  Interrupt& interrupt_;
  std::unique_ptr<amqp_connection_state_t_, Free> state_;
};

amqp_bytes_t bytes(std::string_view text);
std::string text_of(amqp_bytes_t bytes);

}  // namespace rb::bus
