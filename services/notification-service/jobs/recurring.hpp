#pragma once
// Schedules whose time has come make their messages, which then wait among the planned ones: one transaction
// writes the messages and moves the schedule on, so that an occurrence is neither lost nor doubled.
#include "runtime.hpp"

namespace rb::notification {

class Recurring {
 public:
  explicit Recurring(Runtime& runtime);

  Task<> run();  // until stop()
  void stop();
  void wake() { work_.notify(); }
  Time done_until() const { return done_until_; }  // what was due by then has made its messages

 private:
  Task<int> fire_due();

  Runtime& rt_;
  net::Signal work_;
  bool stopping_ = false;
  Time done_until_{};
};

}  // namespace rb::notification
