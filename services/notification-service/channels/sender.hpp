#pragma once
// A way to reach people. One implementation a file: telegram, email, inbox, webhook, outbox (the page that
// shows what an unconfigured channel would have sent). Belongs to the loop's thread.
#include "channels/letter.hpp"
#include "domain/plan.hpp"
#include "domain/retry.hpp"
#include "net/task.hpp"

namespace rb::notification {

class Sender {
 public:
  virtual ~Sender() = default;
  virtual Channel channel() const = 0;
  virtual int parallel() const = 0;  // calls under way at once
  virtual Reach reach() const { return Reach::addressed; }
  virtual Task<Outcome> send(Letter letter) = 0;  // ends within 10 s; never throws for what the provider does
};

}  // namespace rb::notification
