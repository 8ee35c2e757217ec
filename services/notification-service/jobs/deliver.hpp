#pragma once
// Takes due messages of one channel, most urgent first, within the channel's limits, and hands them to its
// Sender. One try of one message is: lease → render → limits → provider → record.
#include <string>
#include <vector>

#include "jobs/recorder.hpp"
#include "runtime.hpp"

namespace rb::notification {

class Delivery {
 public:
  Delivery(Runtime& runtime, Recorder& recorder, Sender& sender);

  Task<> run();  // until stop() and nothing is under way
  void stop();
  void wake() { work_.notify(); }

 private:
  Task<int> take_some();
  Task<> deliver(Message message, Person person, Time lease_until);
  Task<> wait_for_work();
  void finish(Message message, Verdict verdict, const Outcome& outcome, const Person& person,
              std::string address, Time started);
  void drop(Message message, std::string status, std::string reason);
  std::optional<Message> instead(const Message& message, const Person& person) const;

  Runtime& rt_;
  Recorder& recorder_;
  Sender& sender_;
  Limiter limiter_;
  net::Signal work_;
  net::TaskGroup group_;
  std::vector<Message> put_back_;
  bool stopping_ = false;
  Time blocked_until_{};  // token or password refused: nothing is tried before
};

}  // namespace rb::notification
