#pragma once
// Schedules whose time has come make their messages, which then wait among the planned ones: one transaction
// writes the messages and moves the schedule on, so that an occurrence is neither lost nor doubled.
#include "jobs/duty.hpp"

namespace rb::notification {

class Recurring final : public Duty {
 public:
  explicit Recurring(Runtime& runtime);

 private:
  Task<Look> look() override;
  Task<int> fire_due();
};

}  // namespace rb::notification
