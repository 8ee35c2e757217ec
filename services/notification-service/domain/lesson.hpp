#pragma once
// What notification-service remembers of a lesson: enough to remind of it and to know whom a bare «cancelled»
// concerns.
#include <map>
#include <optional>
#include <string>

#include "events/event.hpp"

namespace rb::notification {

struct Lesson {
  std::string id;
  std::string tutor_id;
  std::map<std::string, bool> students;  // id → still takes part
  std::optional<Time> scheduled_at;
  bool cancelled = false;
  bool over = false;            // completed or missed
  boost::json::object details;  // subject, topic, duration_minutes, meet_link …: merged fields of its events
  // Place of the last event that decided the schedule, in the order (moment, id, source).
  Time decided_at{};
  std::string decided_by;
  std::int64_t sequence = 0;  // how often the schedule was decided: by it a calendar knows the newest version

  bool operator==(const Lesson&) const = default;
};

struct LessonChange {
  Lesson after;
  bool stale = false;  // an older event than the one that decided the schedule: changes nothing of it
  bool moved = false;  // scheduled_at differs from before
  std::optional<Time> before_time;
};

// Folds one lesson.* event into what is known (nullptr: nothing yet). The order of arrival does not matter
// for the schedule: an older created, rescheduled or cancelled event never undoes a newer one.
LessonChange apply(const Lesson* before, const events::Event& event);

}  // namespace rb::notification
