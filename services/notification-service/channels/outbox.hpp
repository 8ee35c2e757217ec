#pragma once
// The outbox page's channel: keeps what an unconfigured channel would have sent, so that it can be read as
// its recipient would see it. Development only.
#include <functional>

#include "channels/sender.hpp"
#include "service/feed.hpp"

namespace rb::notification {

class OutboxSender final : public Sender {
 public:
  using Keep = std::function<Task<>(Letter)>;  // writes the letter down

  OutboxSender(Channel channel, Keep keep, service::Feed& feed)
      : channel_(channel), keep_(std::move(keep)), feed_(feed) {}

  Channel channel() const override { return channel_; }
  int parallel() const override { return 64; }
  Reach reach() const override { return Reach::stand_in; }
  Task<Outcome> send(Letter letter) override;

 private:
  Channel channel_;
  Keep keep_;
  service::Feed& feed_;
};

}  // namespace rb::notification
