#pragma once
// The inbox that an app shows: everyone has one, and what is written there is delivered. A message tried
// twice appears once.
#include <functional>

#include "channels/sender.hpp"
#include "service/feed.hpp"

namespace rb::notification {

class InboxSender final : public Sender {
 public:
  using Keep = std::function<Task<>(Letter)>;  // writes it into the person's inbox, in HTML for a browser

  InboxSender(Keep keep, service::Feed& feed) : keep_(std::move(keep)), feed_(feed) {}

  Channel channel() const override { return Channel::inbox; }
  int parallel() const override { return 64; }
  Reach reach() const override { return Reach::everyone; }
  Task<Outcome> send(Letter letter) override;

 private:
  Keep keep_;
  service::Feed& feed_;
};

}  // namespace rb::notification
