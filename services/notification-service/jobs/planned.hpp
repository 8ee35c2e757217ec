#pragma once
// Messages whose time has come: planned ones get a channel, put-off ones are looked at again, parts of
// digests become digests; what may go out enters the delivery queue.
#include "jobs/digest.hpp"
#include "runtime.hpp"

namespace rb::notification {

class Planner {
 public:
  explicit Planner(Runtime& runtime);

  Task<> run();  // until stop()
  void stop();
  void wake() { work_.notify(); }
  Time done_until() const { return done_until_; }  // what was due by then is in the delivery queue

 private:
  Task<int> work_once();
  Task<int> promote_due();
  Task<> promote_all(db::Transaction& tx, std::vector<Message> messages, Time now);

  Runtime& rt_;
  Digests digests_;
  net::Signal work_;
  bool stopping_ = false;
  Time done_until_{};
};

}  // namespace rb::notification
