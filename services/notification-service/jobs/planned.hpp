#pragma once
// Planned messages whose time has come get a channel and enter the delivery queue.
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
  Task<int> promote_due();

  Runtime& rt_;
  net::Signal work_;
  bool stopping_ = false;
  Time done_until_{};
};

}  // namespace rb::notification
