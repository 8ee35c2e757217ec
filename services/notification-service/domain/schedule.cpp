#include "domain/schedule.hpp"

#include <fmt/format.h>

#include "domain/recurrence.hpp"

namespace rb::notification {
namespace {

constexpr auto kStillWanted = std::chrono::hours(1);

Result<Recurrence> recurrence_of(const Schedule& schedule) {
  auto zone = Zone::find(schedule.timezone);
  if (!zone) return fail(std::move(zone.error()));
  return Recurrence::parse(schedule.recurrence, schedule.starts, *zone);
}

}  // namespace

std::string origin_of(const Schedule& schedule) { return "schedule:" + schedule.id; }

std::vector<Schedule> schedules_of(const std::vector<Message>& messages, const std::string& created_by) {
  std::vector<Schedule> out;
  for (const auto& message : messages) {
    if (message.status != "scheduled") continue;
    if (out.empty() || origin_of(out.back()) != message.origin) {
      Schedule one;
      one.id = message.origin.substr(message.origin.find(':') + 1);
      one.user_id = message.user_id;
      one.due = one.starts = message.due;
      one.draft.message = message;
      one.created_by = created_by;
      one.created = message.created;
      out.push_back(std::move(one));
    }
    if (message.channel) out.back().draft.channels.push_back(*message.channel);
  }
  return out;
}

std::vector<Message> occurrence(const Schedule& schedule, Time at, Time now,
                                const std::function<std::string()>& new_id) {
  auto base = schedule.draft.message;
  base.user_id = schedule.user_id;
  base.origin = origin_of(schedule);
  base.key = fmt::format("{}:{}", base.origin, to_micros(at));
  base.status = "scheduled";
  base.due = at;
  base.created = base.event_at = now;
  std::vector<Message> out;
  for (auto channel : schedule.draft.channels) {
    out.push_back(base);
    out.back().channel = channel;
    out.back().key += ":" + std::string(to_string(channel));
  }
  if (out.empty()) out.push_back(std::move(base));
  for (auto& message : out) message.id = new_id();
  return out;
}

Fired fire(const Schedule& schedule, Time now, const std::function<std::string()>& new_id) {
  Fired out{schedule, {}, {}};
  if (schedule.recurrence.empty()) {  // its message is among the others already
    out.after.status = "done";
    return out;
  }
  auto recurrence = recurrence_of(schedule);
  if (!recurrence) {  // it was accepted once; the system's time zones have changed since
    out.after.status = "cancelled";
    return out;
  }
  auto passed = recurrence->passed(schedule.due, now);
  bool late = now - passed.newest > kStillWanted;
  out.messages = occurrence(schedule, passed.newest, now, new_id);
  for (auto& message : out.messages) {
    if (late) {
      message.status = "cancelled";
      message.reason = "occurrence_missed";
    }
    if (passed.earlier > 0)
      out.notes.push_back(
          {message.id, now, message.status, "earlier_missed:" + std::to_string(passed.earlier)});
  }
  out.after.made += late ? 0 : 1;
  out.after.missed += passed.earlier + (late ? 1 : 0);
  out.after.due = passed.next.value_or(passed.newest);
  if (!passed.next) out.after.status = "done";
  return out;
}

}  // namespace rb::notification
