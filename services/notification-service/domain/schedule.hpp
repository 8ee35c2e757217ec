#pragma once
// Messages that somebody has planned: once, or again and again. Pure.
#include <functional>

#include "domain/draft.hpp"

namespace rb::notification {

struct Schedule {
  std::string id;
  std::string user_id;
  std::string status = "scheduled";  // "done", "cancelled"
  Time due;                          // of the next message, else when the last one was due
  Time starts;
  std::string recurrence = {};  // RRULE in `timezone`; "" is once
  std::string timezone = {};
  std::string lesson_id = {};  // moves with this lesson
  int offset_minutes = 0;      // before it
  Draft draft = {};
  int made = 0, missed = 0;
  std::string created_by = {};
  Time created;
};

std::string origin_of(const Schedule& schedule);

// The schedules of messages that were composed for later; those of one call have the same origin.
std::vector<Schedule> schedules_of(const std::vector<Message>& messages, const std::string& created_by);

// The messages of one occurrence, planned for its moment. Their keys name it, so that it comes once.
std::vector<Message> occurrence(const Schedule& schedule, Time at, Time now,
                                const std::function<std::string()>& new_id);

// What an occurrence that is due leads to. Of those that were missed while nobody was at work the newest is
// still sent for an hour; what was left out is told by `notes`.
struct Fired {
  Schedule after;
  std::vector<Message> messages;
  std::vector<StateChange> notes;
};
Fired fire(const Schedule& schedule, Time now, const std::function<std::string()>& new_id);

}  // namespace rb::notification
