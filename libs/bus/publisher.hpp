#pragma once
// Publishes to RabbitMQ with confirms. The loop hands over messages and hears what became of each; a thread
// of its own talks to the broker.
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bus/broker_thread.hpp"
#include "bus/confirms.hpp"

namespace rb::bus {

class Publisher final : public Session {
 public:
  Publisher(net::Loop& loop, RabbitSettings settings);
  ~Publisher() override;

  void start(Topology topology, std::function<void(Report)> on_report);
  Task<> stop();  // what has been sent is confirmed first, if that takes no longer than some seconds

  bool connected() const { return connected_; }
  bool blocked() const { return blocked_; }  // the broker is short of memory or disk and takes nothing

  // Publishes in order and waits until every outcome is known. A broker that says nothing for some seconds
  // (and has not blocked us) loses its connection, and the outcomes are unknown.
  Task<std::vector<Outcome>> send(std::string exchange, std::vector<Message> messages);

  void fire(std::string queue);        // an empty message to a queue; may be lost
  void reconnect() { thread_.cut(); }  // declares everything anew

 private:
  struct Waiting {
    Waiting(net::Loop& loop, std::size_t count)
        : outcomes(count, Outcome::unknown), left(count), done(loop) {}
    std::vector<Outcome> outcomes;
    std::size_t left;
    net::Signal done;
  };
  struct Place {
    std::shared_ptr<Waiting> waiting;
    std::size_t index;
  };
  struct Outgoing {
    std::uint64_t id;  // 0: nobody waits for the outcome
    std::string exchange;
    Message message;
  };

  // On the loop.
  void settle(const std::vector<Confirms::Result>& results);

  // On the thread.
  void work(Connection& connection) override;
  void lost() override;
  void handle(const amqp_frame_t& frame);
  void handle_method(const amqp_method_t& method);
  void take_mail();
  bool publish_some(Connection& connection);
  void tell();
  void tell_blocked(bool blocked);

  net::Loop& loop_;
  bool connected_ = false, blocked_ = false;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, Place> open_;

  Mailbox<Outgoing> mailbox_;

  // The thread's.
  std::deque<Outgoing> queue_;
  Confirms confirms_;
  std::vector<Confirms::Result> results_;
  std::string returned_key_;  // of the basic.return whose header comes next
  bool held_ = false;         // connection.blocked

  BrokerThread thread_;  // last: it ends before what it uses
};

}  // namespace rb::bus
