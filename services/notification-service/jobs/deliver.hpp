#pragma once
// Takes due messages of one channel, most urgent first, within the channel's limits, and hands them to its
// Sender. One try of one message is: lease → render → limits → provider → record. A new message needs no turn
// in the queue while there is none: ingest writes it with this worker's lease and hands it over.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/timing/turn.hpp"
#include "jobs/recorder.hpp"
#include "jobs/shared_limits.hpp"
#include "net/stopping.hpp"
#include "runtime.hpp"

namespace rb::notification {

class Delivery {
 public:
  Delivery(Runtime& runtime, Leases& leases, Recorder& recorder, Sender& sender);

  Task<> run();  // until stop() and nothing is under way
  void stop();
  void wake() { work_.notify(); }
  Time done_until() const { return done_until_; }  // what was due by then has been tried

  // How many new messages may be leased to this worker as they are written; 0 while others wait.
  int free_hands(Time now);
  // Delivers a message that this worker has a lease of. False: too late, this worker is stopping.
  bool begin(Message message, Person person);

 private:
  Task<> take_or_rest();
  Task<int> take_some();
  Task<> rest();
  int hands() const;
  bool closed(Time now) const;
  struct Try {  // one of one message, which this worker has leased
    Message message;
    Person person;
    Time started;
    std::string to = {};    // the address
    std::string note = {};  // for the record, beside what the provider says
  };
  void put_back_later(Message message);
  Task<> next_call(std::string to, std::string call);
  Task<> give_back_untried();
  Task<> deliver(Message message, Person person);
  Task<> attempt(Try one);
  Task<std::optional<Turn>> objection(const Message& message, const Person& person, Time now) const;
  Task<Turn> turn_now(const Message& message, const Person& person) const;
  void settle(Message message, Turn turn);
  Result<void> write(Try& one, Letter& letter) const;
  Task<> hand_over(Try one, Letter letter);
  void note(const Outcome& outcome, const std::string& to, Time now);
  void finish(Try one, Outcome outcome);
  void tell(const Message& message, Time started, Time now);
  std::optional<Message> instead(const Message& message, const Person& person) const;

  Runtime& rt_;
  Leases& leases_;
  Recorder& recorder_;
  Sender& sender_;
  SharedLimits limits_;
  std::int64_t claimed_ = 0;  // since the start
  net::Signal work_;
  net::Stopping stopping_;
  net::TaskGroup group_;
  std::vector<Message> put_back_;
  std::optional<Time> next_due_;  // of what waits in the queue, as last seen
  bool backlog_ = true;           // something due waited there
  Time done_until_{};
  Time blocked_until_{};  // token or password refused: nothing is tried before
};

using Deliveries = std::map<Channel, std::unique_ptr<Delivery>>;

}  // namespace rb::notification
