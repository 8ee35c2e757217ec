#pragma once
// The Delivery of both buses: tells the queue it came from one verdict, if the queue still lives.
#include <memory>
#include <string>
#include <utility>

#include "bus/event_bus.hpp"

namespace rb::bus {

// A queue that hears verdicts. `Ticket` names the message within it.
template <class Ticket>
class Judge {
 public:
  virtual ~Judge() = default;
  virtual void accept(const Ticket& ticket) = 0;
  virtual void give_back(const Ticket& ticket, Message message) = 0;
  virtual void bury(const Ticket& ticket, Message message, std::string reason) = 0;
};

template <class Ticket>
class HandedOut final : public Delivery {
 public:
  HandedOut(std::weak_ptr<Judge<Ticket>> judge, Ticket ticket, Message message, bool redelivered)
      : judge_(std::move(judge)), ticket_(std::move(ticket)) {
    message_ = std::move(message);
    redelivered_ = redelivered;
  }
  ~HandedOut() override {
    if (auto judge = decide()) judge->give_back(ticket_, std::move(message_));
  }
  HandedOut(const HandedOut&) = delete;
  HandedOut& operator=(const HandedOut&) = delete;

  void ack() override {
    if (auto judge = decide()) judge->accept(ticket_);
  }
  void dead(std::string reason) override {
    if (auto judge = decide()) judge->bury(ticket_, message_, std::move(reason));
  }
  void requeue() override {
    if (auto judge = decide()) judge->give_back(ticket_, message_);
  }

 private:
  std::shared_ptr<Judge<Ticket>> decide() { return std::exchange(judge_, {}).lock(); }

  std::weak_ptr<Judge<Ticket>> judge_;  // empty after the verdict
  Ticket ticket_;
};

}  // namespace rb::bus
