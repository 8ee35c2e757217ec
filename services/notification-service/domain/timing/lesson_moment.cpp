#include "domain/timing/lesson_moment.hpp"

#include "domain/members.hpp"

namespace rb::notification {

std::optional<Time> lesson_moment(const boost::json::object& context, Time now) {
  std::optional<Time> nearest;
  const auto& lesson = object_in(context, "lesson");
  for (const auto* field : {"start_time", "old_start_time"}) {
    auto moment = moment_in(lesson, field);
    if (moment && *moment > now && (!nearest || *moment < *nearest)) nearest = moment;
  }
  return nearest;
}

}  // namespace rb::notification
