#pragma once
// One EventBus over RabbitMQ and over durable queues in the service's own SQLite file.
// Promise: a message published in a transaction that commits reaches every bound queue at least once, also
// when the broker is away or the process dies; a delivery is taken off its queue only by ack() or dead().
// Every member belongs to the loop's thread.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "db/database.hpp"
#include "net/task.hpp"

namespace rb::bus {

struct Message {
  std::string routing_key;  // topic words, "lesson.cancelled"
  std::string body = {};
  std::string content_type = "application/json";
  std::string message_id = {};
  std::int64_t timestamp = 0;  // AMQP timestamp, seconds; 0: none
  std::vector<std::pair<std::string, std::string>> headers = {};
};

// One message handed to a consumer. Exactly one verdict each; without one (destroyed), it is given back to
// the queue.
class Delivery {
 public:
  virtual ~Delivery() = default;
  const Message& message() const { return message_; }
  bool redelivered() const { return redelivered_; }

  virtual void ack() = 0;
  // Writes the message to `<queue>.dead` with header x-reason; the ack to the queue follows only when that is
  // safe.
  virtual void dead(std::string reason) = 0;
  virtual void requeue() = 0;

 protected:
  Message message_;
  bool redelivered_ = false;
};

using Batch = std::vector<std::unique_ptr<Delivery>>;

// Called with what has arrived (1..max_batch messages, in order), one batch at a time per queue. An exception
// gives the whole batch back and pauses the queue for a moment (the database is away).
using Consumer = std::function<Task<>(Batch)>;

struct QueueSpec {
  std::string name;                            // "notification.events"; dead letters in "<name>.dead"
  std::vector<std::string> binding_keys = {};  // "lesson.#"
  int prefetch = 200;
  int max_batch = 100;
};

class EventBus {
 public:
  virtual ~EventBus() = default;

  // Declares what is missing and begins to deliver. A queue of ours that exists with other properties throws
  // Broken with the command that cures it. A broker that is away is tried again with backoff, forever.
  virtual Task<> start() = 0;
  virtual void consume(QueueSpec queue, Consumer consumer) = 0;  // before start()

  // Durable with `tx`: published after its commit.
  virtual void publish(db::Transaction& tx, const Message& message) = 0;

  // Says that publish()ed rows may be waiting: call it after the commit. Cheap.
  virtual void flush() = 0;

  // A wake-up without content for whoever works on `topic`, in this and in other processes; may be lost, may
  // be doubled. Listeners must also look by themselves now and then.
  virtual void wake(const std::string& topic) = 0;
  virtual void on_wake(std::string topic, std::function<void()> listener) = 0;

  struct State {
    bool connected = false;
    std::string problem = {};      // why not
    std::int64_t unpublished = 0;  // rows waiting in the outbox, as last seen
    std::vector<std::string> warnings = {};
  };
  virtual State state() const = 0;
  virtual Task<> stop() = 0;  // no new deliveries; waits for the consumers under way
};

}  // namespace rb::bus
