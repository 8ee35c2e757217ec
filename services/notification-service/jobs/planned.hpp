#pragma once
// Messages whose time has come: planned ones get a channel, put-off ones are looked at again, parts of
// digests become digests; what may go out enters the delivery queue.
#include "jobs/digest.hpp"
#include "jobs/duty.hpp"

namespace rb::notification {

class Planner final : public Duty {
 public:
  explicit Planner(Runtime& runtime);

 private:
  Task<Look> look() override;
  Task<int> promote_due();
  Task<> promote_all(db::Transaction& tx, std::vector<Message> messages, Time now);

  Digests digests_;
};

}  // namespace rb::notification
