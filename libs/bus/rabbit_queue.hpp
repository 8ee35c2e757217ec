#pragma once
// One of our queues in RabbitMQ, seen from the loop: what has arrived and waits for the consumer, and the way
// back of its verdicts. Loop thread only.
#include <deque>
#include <functional>
#include <memory>

#include "bus/handed_out.hpp"
#include "bus/runner.hpp"
#include "bus/subscriber.hpp"

namespace rb::bus {

class RabbitQueue final : public Source,
                          public Judge<Ticket>,
                          public std::enable_shared_from_this<RabbitQueue> {
 public:
  // Publishes a dead letter and acknowledges the ticket afterwards.
  using Bury = std::function<void(std::size_t queue, Ticket ticket, Message letter)>;

  RabbitQueue(net::Loop& loop, std::string name, std::size_t index, Subscriber& subscriber, Bury bury);

  void arrived(std::uint64_t epoch, std::vector<Arrival> arrivals);
  void lost();
  bool holds(const Ticket& ticket) const { return ticket.epoch == epoch_; }

  Task<Batch> next(int most) override;
  void pause() override;
  void resume() override;
  void close() override;

  void accept(const Ticket& ticket) override;
  void give_back(const Ticket& ticket, Message message) override;
  void bury(const Ticket& ticket, Message message, std::string reason) override;

 private:
  std::string name_;
  std::size_t index_;
  Subscriber& subscriber_;
  Bury bury_;
  std::deque<std::unique_ptr<Delivery>> ready_;
  net::Signal changed_;
  std::uint64_t epoch_ = 0;  // of the connection that brought the last message; 0: it is lost
  bool paused_ = false, closed_ = false;
};

}  // namespace rb::bus
