#include "domain/lesson.hpp"

#include <algorithm>
#include <array>

namespace rb::notification {
namespace {

constexpr std::array<std::string_view, 7> kDetails = {"subject",     "topic", "duration_minutes", "meet_link",
                                                      "lesson_type", "price", "currency"};

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

void end(Lesson& lesson, const events::Event& event, const Rank& rank) {
  auto students = event.list("student_ids");
  for (const auto& id : students) {
    auto& ended = lesson.students[id].ended;
    ended = std::max(ended, rank);
  }
  if (students.empty()) lesson.ended = std::max(lesson.ended, rank);
}

// Whether each named student takes part. Gives whether anything was decided.
bool decide_parts(LessonChange& change, const events::Event& event, const Rank& rank) {
  bool decided = false;
  for (const auto& id : event.list("student_ids")) {
    auto& part = change.after.students[id];
    if (rank <= part.decided) {
      change.outvoted.insert(id);
      continue;
    }
    part.takes_part = event.type != "lesson.cancelled";
    part.decided = rank;
    decided = true;
  }
  return decided;
}

// The lesson stands as the event says it.
bool agrees(const Lesson& lesson, const events::Event& event) {
  auto when = event.moment("scheduled_at");
  return !lesson.called_off && (!when || when == lesson.scheduled_at);
}

void decide(LessonChange& change, const events::Event& event, const Rank& rank) {
  auto& lesson = change.after;
  bool calls_off = event.type == "lesson.cancelled", named = event.has("student_ids");
  bool newer = rank > lesson.decided;
  bool decided = decide_parts(change, event, rank);
  if (calls_off && named) {
    change.stale = !decided || (lesson.called_off && !newer);
  } else if (newer) {
    lesson.decided = rank;
    lesson.called_off = calls_off;
    if (auto when = event.moment("scheduled_at")) lesson.scheduled_at = when;
  } else {
    change.stale = calls_off || !decided || !agrees(lesson, event);
  }
  if (decided || !change.stale) ++lesson.sequence;
}

}  // namespace

bool Lesson::cancelled() const {
  auto comes = [](const auto& student) { return student.second.takes_part; };
  return called_off || (!students.empty() && std::ranges::none_of(students, comes));
}

bool Lesson::takes_part(const std::string& student) const {
  auto found = students.find(student);
  return found == students.end() || found->second.takes_part;
}

bool Lesson::over() const {
  auto done = [this](const auto& student) {
    return !student.second.takes_part || student.second.ended > decided;
  };
  return ended > decided || (!students.empty() && !cancelled() && std::ranges::all_of(students, done));
}

bool Lesson::over_for(const std::string& student) const {
  auto found = students.find(student);
  return over() || (found != students.end() && found->second.ended > decided);
}

LessonChange apply(const Lesson* before, const events::Event& event) {
  LessonChange change;
  if (before != nullptr) change.after = *before;
  auto& lesson = change.after;
  lesson.id = event.text("lesson_id");
  change.before_time = lesson.scheduled_at;

  Rank rank{event.time, event.id + '\n' + event.source};
  bool newer = rank > lesson.decided;
  merge_details(lesson, event, newer);
  if (event.has("tutor_id") && (newer || lesson.tutor_id.empty())) lesson.tutor_id = event.text("tutor_id");
  if (event.type == "lesson.completed" || event.type == "lesson.missed") end(lesson, event, rank);
  if (decides_schedule(event.type)) decide(change, event, rank);
  change.moved = lesson.scheduled_at != change.before_time;
  return change;
}

}  // namespace rb::notification
