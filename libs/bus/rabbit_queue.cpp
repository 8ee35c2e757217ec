#include "bus/rabbit_queue.hpp"

#include "bus/message_row.hpp"

namespace rb::bus {

RabbitQueue::RabbitQueue(net::Loop& loop, std::string name, std::size_t index, Subscriber& subscriber,
                         Bury bury)
    : name_(std::move(name)),
      index_(index),
      subscriber_(subscriber),
      bury_(std::move(bury)),
      changed_(loop) {}

void RabbitQueue::arrived(std::uint64_t epoch, std::vector<Arrival> arrivals) {
  epoch_ = epoch;
  for (auto& arrival : arrivals) {
    auto delivery = std::make_unique<HandedOut<Ticket>>(weak_from_this(), Ticket{epoch, arrival.tag},
                                                        std::move(arrival.message), arrival.redelivered);
    if (!paused_) ready_.push_back(std::move(delivery));  // else it goes back
  }
  changed_.notify();
}

void RabbitQueue::lost() {
  epoch_ = 0;
  ready_.clear();
}

Task<Batch> RabbitQueue::next(int most) {
  while (!closed_ && ready_.empty()) co_await changed_.wait();
  Batch batch;
  while (!ready_.empty() && batch.size() < static_cast<std::size_t>(most)) {
    batch.push_back(std::move(ready_.front()));
    ready_.pop_front();
  }
  co_return batch;
}

void RabbitQueue::pause() {
  paused_ = true;
  subscriber_.set_paused(index_, true);
  ready_.clear();
}

void RabbitQueue::resume() {
  paused_ = false;
  subscriber_.set_paused(index_, false);
}

void RabbitQueue::close() {
  closed_ = true;
  pause();
  changed_.notify();
}

void RabbitQueue::accept(const Ticket& ticket) { subscriber_.settle(index_, ticket, Verdict::ack); }

void RabbitQueue::give_back(const Ticket& ticket, Message) {
  subscriber_.settle(index_, ticket, Verdict::requeue);
}

void RabbitQueue::bury(const Ticket& ticket, Message message, std::string reason) {
  bury_(index_, ticket, dead_letter(std::move(message), name_, reason));
}

}  // namespace rb::bus
