#include "domain/lesson.hpp"

#include <array>
#include <tuple>

namespace rb::notification {
namespace {

constexpr std::array<std::string_view, 9> kDetails = {"subject",   "topic",       "duration_minutes",
                                                      "meet_link", "lesson_type", "price",
                                                      "currency",  "tutor_name",  "student_name"};

bool decides_schedule(std::string_view type) {
  return type == "lesson.created" || type == "lesson.rescheduled" || type == "lesson.cancelled";
}

void merge_details(Lesson& lesson, const events::Event& event, bool newer) {
  for (auto name : kDetails) {
    const auto* value = event.data.if_contains(name);
    if (value == nullptr) continue;
    if (newer || !lesson.details.contains(name)) lesson.details[name] = *value;
  }
}

void take_off(Lesson& lesson, const events::Event& event) {
  auto students = event.list("student_ids");
  if (students.empty()) {
    lesson.cancelled = true;
    return;
  }
  for (const auto& id : students) lesson.students[id] = false;
  bool anyone = false;
  for (const auto& [id, takes_part] : lesson.students) anyone = anyone || takes_part;
  if (!anyone) lesson.cancelled = true;
}

void put_on(Lesson& lesson, const events::Event& event) {
  for (const auto& id : event.list("student_ids")) lesson.students[id] = true;
  if (auto when = event.moment("scheduled_at")) lesson.scheduled_at = when;
  lesson.cancelled = false;
}

}  // namespace

LessonChange apply(const Lesson* before, const events::Event& event) {
  LessonChange change;
  if (before != nullptr) change.after = *before;
  auto& lesson = change.after;
  lesson.id = event.text("lesson_id");
  change.before_time = lesson.scheduled_at;

  auto place = std::tuple(event.time, event.id + '\n' + event.source);
  bool newer = before == nullptr || place > std::tuple(lesson.decided_at, lesson.decided_by);
  merge_details(lesson, event, newer);
  if (event.has("tutor_id") && (newer || lesson.tutor_id.empty())) lesson.tutor_id = event.text("tutor_id");
  if (event.type == "lesson.completed" || event.type == "lesson.missed") {
    lesson.over = true;
    for (const auto& id : event.list("student_ids")) lesson.students.try_emplace(id, true);
    return change;
  }
  if (!decides_schedule(event.type)) return change;
  if (!newer) {
    change.stale = true;
    return change;
  }
  std::tie(lesson.decided_at, lesson.decided_by) = place;
  ++lesson.sequence;
  if (event.type == "lesson.cancelled") {
    take_off(lesson, event);
  } else {
    put_on(lesson, event);
  }
  change.moved = lesson.scheduled_at != change.before_time;
  return change;
}

}  // namespace rb::notification
