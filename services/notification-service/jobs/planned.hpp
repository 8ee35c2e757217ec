#pragma once
// Planned messages whose time has come get a channel and enter the delivery queue; leases of vanished workers
// are taken over; old bookkeeping is forgotten.
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
  Task<> look_after_leases();

  Runtime& rt_;
  net::Signal work_;
  Time next_look_{};
  bool stopping_ = false;
};

}  // namespace rb::notification
