#include "domain/timing/lesson_moment.hpp"

#include "time/iso.hpp"

namespace rb::notification {

std::optional<Time> lesson_moment(const boost::json::object& context, Time now) {
  std::optional<Time> nearest;
  const auto* lesson = context.if_contains("lesson");
  if (lesson == nullptr || !lesson->is_object()) return nearest;
  for (const auto* field : {"start_time", "old_start_time"}) {
    const auto* text = lesson->get_object().if_contains(field);
    if (text == nullptr || !text->is_string()) continue;
    auto moment = parse_iso(std::string_view(text->get_string()), Zone::utc());
    if (moment && *moment > now && (!nearest || *moment < *nearest)) nearest = *moment;
  }
  return nearest;
}

}  // namespace rb::notification
