#include "domain/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/value_from.hpp>

#include "base/strings.hpp"
#include "domain/context.hpp"
#include "domain/recipients.hpp"
#include "domain/reminders.hpp"
#include "domain/timing/lesson_moment.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

Priority priority_of(const events::Event& event, const LessonChange* change, Time now) {
  constexpr std::array kAll = {Priority::urgent, Priority::high, Priority::normal, Priority::low};
  for (auto priority : kAll)
    if (event.text("priority") == to_string(priority)) return priority;
  const auto* info = find_notification_type(event.type);
  auto usual = info != nullptr ? info->priority : Priority::normal;
  if (usual != Priority::high) return usual;
  auto soon = [&](const std::optional<Time>& start) { return start && *start > now && *start < now + kSoon; };
  // Also a lesson that was to begin soon and is moved away.
  bool presses = change != nullptr && (soon(change->after.scheduled_at) || soon(change->before_time));
  return presses ? Priority::urgent : usual;
}

// Why nobody needs to hear of it any more; "" when they do.
std::string outdated(const events::Event& event, const LessonChange* change, Time now) {
  if (change == nullptr) return {};
  if (change->stale) return "outdated";
  bool about_the_future = event.type == "lesson.created" || event.type == "lesson.rescheduled";
  if (about_the_future && change->after.scheduled_at && *change->after.scheduled_at <= now)
    return "lesson_began";
  return {};
}

// Whether something newer was decided for all students whom the reader is to hear of; else those are left out
// for whom it was.
bool outvoted(const LessonChange& change, Recipient& to) {
  auto about = to.about;
  std::erase_if(about, [&](const auto& student) { return change.outvoted.contains(student); });
  bool all = about.empty() && !to.about.empty();
  if (!all) to.about = std::move(about);
  return all;
}

std::string message_key(const events::Event& event, const Recipient& to, std::string_view channel) {
  return fmt::format("event:{}:{}:{}:{}:{}:{}", event.source, event.id, to.user_id, event.type,
                     join(to.about, ","), channel);
}

Planned message(const events::Event& event, const LessonChange* change, const Recipient& to,
                const Situation& situation) {
  Planned out;
  out.user_id = to.user_id;
  out.type = event.type;
  out.audience = to.audience;
  out.priority = priority_of(event, change, situation.now);
  out.due = situation.now;
  out.lesson_id = event.text("lesson_id");
  if (to.about.size() == 1) out.student_id = to.about.front();
  if (event.text("purpose") == "marketing") out.purpose = "marketing";
  const auto* lesson = change != nullptr ? &change->after : nullptr;
  out.context = event_context(event, lesson, situation.directory, to.about);
  return out;
}

// One message per chosen channel, or one suppressed message that says why there is none.
void spread(Plan& plan, const Planned& base, const events::Event& event, const Recipient& to,
            std::string reason, const Situation& situation) {
  auto choice = choose_channels(situation.directory.at(to.user_id), base.type, base.purpose,
                                situation.channels, base.student_id);
  if (reason.empty()) reason = choice.reason;
  if (!reason.empty()) {
    auto none = base;
    none.suppressed = reason;
    none.key = message_key(event, to, "");
    plan.messages.push_back(std::move(none));
    return;
  }
  for (auto channel : choice.channels) {
    auto one = base;
    one.channel = channel;
    one.key = message_key(event, to, to_string(channel));
    plan.messages.push_back(std::move(one));
  }
}

// Of the students that an event names, those for whom it is the newest.
std::vector<std::string> decided_for(const LessonChange& change, const events::Event& event) {
  auto out = event.list("student_ids");
  std::erase_if(out, [&](const auto& student) { return change.outvoted.contains(student); });
  return out;
}

void withdraw_for(Plan& plan, const std::string& lesson, bool all, std::vector<std::string> students,
                  const char* reason) {
  if (all) students.clear();
  if (all || !students.empty()) plan.withdrawals.push_back({lesson, std::move(students), reason});
}

void withdraw_reminders(Plan& plan, const events::Event& event, const LessonChange& change) {
  const auto& lesson = change.after;
  const auto& id = lesson.id;
  if (event.type == "lesson.cancelled") {
    withdraw_for(plan, id, lesson.cancelled(), decided_for(change, event), "lesson_cancelled");
  } else if (event.type == "lesson.completed" || event.type == "lesson.missed") {
    auto gone = event.list("student_ids");
    std::erase_if(gone, [&](const auto& student) { return !lesson.over_for(student); });
    withdraw_for(plan, id, lesson.over(), std::move(gone), "lesson_over");
  } else if (change.moved && change.before_time) {
    plan.withdrawals.push_back({id, {}, "lesson_rescheduled"});
  }
}

// The hour belongs to the whole lesson: when it changes, also those are reminded anew whom the event does not
// name.
void schedule_reminders(Plan& plan, events::Event event, const LessonChange& change,
                        const Situation& situation) {
  if (event.type != "lesson.created" && event.type != "lesson.rescheduled") return;
  auto named = decided_for(change, event);
  if (change.moved) {
    event.data.erase("student_ids");
  } else if (!named.empty()) {
    event.data["student_ids"] = boost::json::value_from(named);
  } else if (change.stale || event.has("student_ids")) {
    return;
  }
  std::ranges::move(plan_reminders(change.after, event, situation), std::back_inserter(plan.messages));
}

}  // namespace

Plan plan(const events::Event& event, const LessonChange* change, const Situation& situation) {
  Plan plan;
  const Lesson* lesson = change != nullptr ? &change->after : nullptr;
  if (event.type == "lesson.reminder") {
    plan.messages = take_over_reminder(lesson, event, situation);
    return plan;
  }
  auto reason = outdated(event, change, situation.now);
  for (auto to : recipients(event, lesson, situation.directory)) {
    bool late = change != nullptr && outvoted(*change, to);
    auto base = message(event, change, to, situation);
    if (change != nullptr && change->moved && change->before_time && !event.has("old_scheduled_at"))
      base.context["lesson"].as_object()["old_start_time"] = format_iso(*change->before_time);
    spread(plan, base, event, to, late ? "outdated" : reason, situation);
  }
  if (change == nullptr) return plan;
  withdraw_reminders(plan, event, *change);
  schedule_reminders(plan, event, *change, situation);
  return plan;
}

bool Withdrawal::covers(const Planned& planned) const {
  bool waits = planned.type == "lesson.reminder" && !planned.channel;
  return waits && concerns(planned.lesson_id, planned.student_id);
}

bool Withdrawal::concerns(const std::string& lesson, const std::string& student) const {
  if (lesson != lesson_id) return false;
  return student_ids.empty() || std::ranges::find(student_ids, student) != student_ids.end();
}

std::vector<std::string> people_of(const events::Event& event, const Lesson* lesson) {
  std::vector<std::string> ids = students_of(event, lesson);
  auto add = [&](const std::string& id) {
    if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  };
  add(event.text("user_id"));
  add(event.text("tutor_id"));
  if (lesson != nullptr) {
    add(lesson->tutor_id);
    for (const auto& [id, takes_part] : lesson->students) add(id);
  }
  return ids;
}

}  // namespace rb::notification
