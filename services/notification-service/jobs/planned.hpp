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

 private:
  Task<int> promote_due();

  Runtime& rt_;
  net::Signal work_;
  bool stopping_ = false;
};

}  // namespace rb::notification
