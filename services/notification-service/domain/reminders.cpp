#include "domain/reminders.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "domain/context.hpp"
#include "domain/defaults.hpp"
#include "domain/recipients.hpp"

namespace rb::notification {
namespace {

constexpr int kNearMinutes = 15;  // how far a producer's reminder may be from ours and still be the same

std::string child_of(const Recipient& to) { return to.about.size() == 1 ? to.about.front() : ""; }

std::vector<int> minutes_of(const Recipient& to, const Situation& situation) {
  return reminder_minutes(situation.directory.at(to.user_id).preferences, to.audience, child_of(to));
}

std::string reminder_key(const Lesson& lesson, int minutes, const Recipient& recipient) {
  return fmt::format("reminder:{}:{}:{}:{}:{}", lesson.id, to_micros(*lesson.scheduled_at), minutes,
                     recipient.user_id, child_of(recipient));
}

// Students, their parents, and the tutor (who hears of it only on their own wish).
std::vector<Recipient> attendees(const Lesson& lesson, const events::Event& event,
                                 const Directory& directory) {
  auto reminder = event;
  reminder.type = "lesson.reminder";
  reminder.data.erase("silent");
  auto out = recipients(reminder, &lesson, directory);
  if (!lesson.tutor_id.empty())
    out.push_back({lesson.tutor_id, Audience::tutor, students_of(event, &lesson)});
  return out;
}

Planned reminder(const Lesson& lesson, const events::Event& event, const Recipient& to,
                 const Situation& situation) {
  Planned out;
  out.user_id = to.user_id;
  out.type = "lesson.reminder";
  out.audience = to.audience;
  out.priority = Priority::high;
  out.expires = lesson.scheduled_at;
  out.lesson_id = lesson.id;
  out.student_id = child_of(to);
  out.context = event_context(event, &lesson, situation.directory, to.about);
  return out;
}

int nearest(const std::vector<int>& minutes, int actual) {
  int best = actual;
  for (int m : minutes)
    if (std::abs(m - actual) <= kNearMinutes &&
        (best == actual || std::abs(m - actual) < std::abs(best - actual)))
      best = m;
  return best;
}

}  // namespace

std::vector<Planned> plan_reminders(const Lesson& lesson, const events::Event& event,
                                    const Situation& situation) {
  std::vector<Planned> out;
  if (lesson.cancelled() || lesson.over() || !lesson.scheduled_at || *lesson.scheduled_at <= situation.now)
    return out;
  for (const auto& to : attendees(lesson, event, situation.directory)) {
    for (int minutes : minutes_of(to, situation)) {
      auto planned = reminder(lesson, event, to, situation);
      planned.due = *lesson.scheduled_at - std::chrono::minutes(minutes);
      if (planned.due <= situation.now) continue;
      planned.key = reminder_key(lesson, minutes, to);
      out.push_back(std::move(planned));
    }
  }
  return out;
}

std::vector<Planned> take_over_reminder(const Lesson* lesson, const events::Event& event,
                                        const Situation& situation) {
  Lesson known = lesson != nullptr ? *lesson : Lesson{};
  known.id = event.text("lesson_id");
  if (auto when = event.moment("scheduled_at")) known.scheduled_at = when;
  if (!known.scheduled_at)
    known.scheduled_at = event.time;  // without a start its key is the reminder's own moment
  auto ahead = std::chrono::duration_cast<std::chrono::minutes>(*known.scheduled_at - event.time).count();
  std::vector<Planned> out;
  for (const auto& to : recipients(event, &known, situation.directory)) {
    auto planned = reminder(known, event, to, situation);
    auto wanted = minutes_of(to, situation);
    planned.key = reminder_key(known, nearest(wanted, static_cast<int>(ahead)), to);
    planned.due = situation.now;
    if (known.scheduled_at == event.time) planned.expires.reset();
    if (known.cancelled()) planned.suppressed = "lesson_cancelled";
    out.push_back(std::move(planned));
  }
  return out;
}

}  // namespace rb::notification
