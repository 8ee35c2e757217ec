#pragma once
// The outbox page's channel: keeps what an unconfigured channel would have sent, so that it can be read as
// its recipient would see it. Development only.
#include <functional>

#include "channels/sender.hpp"
#include "net/loop.hpp"

namespace rb::notification {

// Wakes the pages that show letters live.
struct OutboxFeed {
  explicit OutboxFeed(net::Loop& loop) : changed(loop) {}
  net::Signal changed;
  std::int64_t letters = 0;  // kept since start
};

class OutboxSender final : public Sender {
 public:
  using Keep = std::function<Task<>(Letter)>;  // writes the letter down

  OutboxSender(Channel channel, Keep keep, OutboxFeed& feed)
      : channel_(channel), keep_(std::move(keep)), feed_(feed) {}

  Channel channel() const override { return channel_; }
  int parallel() const override { return 64; }
  Reach reach() const override { return Reach::stand_in; }
  Task<Outcome> send(Letter letter) override;

 private:
  Channel channel_;
  Keep keep_;
  OutboxFeed& feed_;
};

}  // namespace rb::notification
