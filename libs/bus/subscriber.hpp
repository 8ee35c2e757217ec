#pragma once
// Takes messages from RabbitMQ: one channel a queue, with prefetch. Messages go to the loop as they arrive,
// verdicts come back and are sent together; a thread of its own talks to the broker.
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "bus/assembler.hpp"
#include "bus/broker_thread.hpp"
#include "bus/verdicts.hpp"

namespace rb::bus {

// Names a delivery: tags mean something only within the connection (epoch) that brought them.
struct Ticket {
  std::uint64_t epoch = 0, tag = 0;
};

class Subscriber final : public Session {
 public:
  // Called on the loop's thread. `queue` is the index of subscribe()'s order.
  struct Events {
    std::function<void(Report)> report;
    std::function<void(std::size_t queue, std::uint64_t epoch, std::vector<Arrival>)> arrived;
    std::function<void()> lost;  // deliveries of the connection so far are void
    std::function<void(const std::string& topic)> woken;
  };

  Subscriber(net::Loop& loop, RabbitSettings settings);
  ~Subscriber() override;

  // Before start().
  void subscribe(std::string queue, int prefetch);
  void listen(std::string wake_queue);

  void start(Topology topology, Events events);
  Task<> stop();  // after it has sent what was said

  // From the loop; sent soon, together with what else is said in the same turn of the loop. A ticket of a
  // lost connection changes nothing.
  void settle(std::size_t queue, Ticket ticket, Verdict verdict);
  void set_paused(std::size_t queue, bool paused);

 private:
  struct Channel {
    std::string queue;
    int prefetch = 0;
    bool wake_up = false;  // not acknowledged: only that something came counts
    bool paused = false;
    bool consuming = false;
    std::string consumer_tag = {};
    Verdicts verdicts = {};
    Assembler assembler = {};
    std::vector<Arrival> arrivals = {};  // not yet with the loop
  };
  struct Command {
    enum class Kind { settle, pause, resume } kind;
    std::size_t queue = 0;
    Ticket ticket = {};
    Verdict verdict = Verdict::ack;
  };

  void say(Command command);
  void send_unsaid();

  // On the thread.
  void work(Connection& connection) override;
  void lost() override;
  void open(Connection& connection);
  void begin(Connection& connection, std::size_t index);
  void end(Connection& connection, std::size_t index);
  void handle(const amqp_frame_t& frame);
  void arrived(Channel& channel, Arrival arrival);
  void apply(Connection& connection, const Command& command);
  void send_verdicts(Connection& connection);
  void tell();

  // The loop's.
  std::vector<Command> unsaid_;
  Events events_;

  Mailbox<Command> mailbox_;

  // The thread's.
  std::vector<Channel> channels_;
  std::uint64_t epoch_ = 0;
  std::uint64_t subscriptions_ = 0;
  std::set<std::string> woken_;

  BrokerThread thread_;  // last: it ends before what it uses
};

}  // namespace rb::bus
