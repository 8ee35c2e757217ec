#include "domain/timing/outdated.hpp"

#include "domain/members.hpp"

namespace rb::notification {
namespace {

// What has become of the lesson that the message announces; "" when it is as announced.
std::string changed_since(const Message& message, const Lesson& lesson) {
  if (lesson.cancelled() || !lesson.takes_part(message.student_id)) return "lesson_cancelled";
  if (lesson.over_for(message.student_id)) return "lesson_over";
  auto told = moment_in(object_in(message.context, "lesson"), "start_time");
  return told && lesson.scheduled_at && *told != *lesson.scheduled_at ? "lesson_rescheduled" : "";
}

// Who was told off takes part again.
bool goes_on_after_all(const Message& message, const Lesson& lesson) {
  return !lesson.cancelled() && lesson.takes_part(message.student_id) &&
         (!message.student_id.empty() || !object_in(message.context, "lesson").contains("goes_on"));
}

}  // namespace

std::string outdated(const Message& message, const Lesson& lesson) {
  if (message.type == "lesson.reminder") return changed_since(message, lesson);
  bool announces = message.type == "lesson.created" || message.type == "lesson.rescheduled";
  if (announces && !changed_since(message, lesson).empty()) return "outdated";
  bool calls_off = message.type == "lesson.cancelled" && message.context.contains("lesson");
  return calls_off && goes_on_after_all(message, lesson) ? "outdated" : "";
}

}  // namespace rb::notification
