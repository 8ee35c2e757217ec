#pragma once
// What notification-service remembers of a lesson: enough to remind of it and to know whom a bare «cancelled»
// concerns. The hour belongs to the whole lesson; taking part, and having been there or not, to each student.
#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "events/event.hpp"

namespace rb::notification {

// Where a decision stands among the others, whatever the order of their arrival.
struct Rank {
  Time at{};
  std::string by;  // of two at one moment: the event's id and source

  auto operator<=>(const Rank&) const = default;
};

struct Part {
  bool takes_part = true;
  Rank decided = {};  // on taking part
  Rank ended = {};    // completed or missed

  bool operator==(const Part&) const = default;
};

struct Lesson {
  std::string id;
  std::string tutor_id;
  std::map<std::string, Part> students;
  std::optional<Time> scheduled_at;
  bool called_off = false;      // as a whole
  boost::json::object details;  // subject, topic, duration_minutes, meet_link …: merged fields of its events
  Rank decided;                 // on the hour and on calling off
  Rank ended;                   // completed or missed by all
  std::int64_t sequence = 0;    // how often something was decided: by it a calendar knows the newest version

  bool cancelled() const;                             // nobody takes part
  bool takes_part(const std::string& student) const;  // also somebody the lesson has not heard of
  // Completed or missed since the schedule was decided: a lesson that is moved afterwards lies ahead again.
  bool over() const;
  bool over_for(const std::string& student) const;

  bool operator==(const Lesson&) const = default;
};

struct LessonChange {
  Lesson after;
  bool stale = false;              // older than what was decided: nobody needs to hear of it
  std::set<std::string> outvoted;  // named students for whom something newer was decided
  bool moved = false;              // scheduled_at differs from before
  std::optional<Time> before_time;
};

// Folds one lesson.* event into what is known (nullptr: nothing yet). The order of arrival does not matter:
// an older decision never undoes a newer one, about the lesson or about one of its students.
LessonChange apply(const Lesson* before, const events::Event& event);

}  // namespace rb::notification
