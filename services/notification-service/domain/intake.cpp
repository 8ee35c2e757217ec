#include "domain/intake.hpp"

#include <algorithm>
#include <boost/json/value_from.hpp>

#include "domain/recipients.hpp"

namespace rb::notification {
namespace {

bool changes_a_person(std::string_view type) {
  return type == "user.registered" || type == "user.updated" || type == "user.profile_updated";
}

}  // namespace

Wanted wanted(const std::vector<events::Event>& batch) {
  Wanted out;
  for (const auto& event : batch) {
    for (const auto& id : people_of(event, nullptr)) out.people.insert(id);
    for (auto field : {"children_ids", "tutor_ids"})
      for (const auto& id : event.list(field)) out.people.insert(id);
    if (event.family() == "lesson") out.lessons.insert(event.text("lesson_id"));
    if (event.type == "analytics.alert") out.roles.insert(Audience::admin);
    if (event.type == "system.notification" && !event.has("user_id"))
      if (auto role = parse_audience(event.text("role"))) out.roles.insert(*role);
  }
  return out;
}

bool Intake::forgotten(const events::Event& event) const {
  auto people = students_of(event, nullptr);
  if (event.has("user_id")) people.push_back(event.text("user_id"));
  return !people.empty() &&
         std::ranges::all_of(people, [&](const auto& id) { return world_.erased.contains(id); });
}

std::vector<Lesson> Intake::changed_lessons() const {
  std::vector<Lesson> out;
  for (const auto& id : changed_lessons_) out.push_back(world_.lessons.at(id));
  return out;
}

void Intake::take(const events::Event& event) {
  if (changes_a_person(event.type)) take_person(event);
  if (event.type.starts_with("consent.")) take_consent(event);
  if (event.type == "user.deleted") take_out(event.text("user_id"));

  const LessonChange* change = nullptr;
  LessonChange folded;
  if (event.family() == "lesson") {
    auto found = world_.lessons.find(event.text("lesson_id"));
    folded = apply(found == world_.lessons.end() ? nullptr : &found->second, event);
    change = &folded;
    if (event.type != "lesson.reminder") {
      world_.lessons.insert_or_assign(folded.after.id, folded.after);
      changed_lessons_.insert(folded.after.id);
    }
  }
  Situation situation{world_.directory, world_.channels, world_.now};
  auto planned = plan(event, change, situation);
  for (const auto& withdrawal : planned.withdrawals) withdraw(withdrawal);
  for (auto& message : planned.messages)
    if (!of_the_erased(message)) messages_.push_back({std::move(message), event.source, event.id});
}

events::Event Intake::of_the_living(events::Event event) const {
  auto students = event.list("student_ids");
  auto gone = std::erase_if(students, [&](const auto& id) { return world_.erased.contains(id); });
  if (gone == 0) return event;
  event.data.erase("student_name");
  event.data.erase("student_ids");
  if (!students.empty()) event.data["student_ids"] = boost::json::value_from(students);
  return event;
}

// Nothing is told to or of an erased person, and nothing that comes later brings them back.
void Intake::take_out(const std::string& person) {
  to_erase_.push_back(person);
  world_.erased.insert(person);
  changed_people_.erase(person);
  Person nobody;
  nobody.id = person;
  nobody.known = false;
  world_.directory.add(std::move(nobody));
  std::erase_if(messages_, [&](const PlannedBy& by) { return of_the_erased(by.planned); });
}

bool Intake::of_the_erased(const Planned& message) const {
  return world_.erased.contains(message.user_id) || world_.erased.contains(message.student_id);
}

void Intake::take_person(const events::Event& event) {
  auto before = world_.directory.at(event.text("user_id"));
  auto after = patched(before, patch_of(event));
  world_.directory.add(after);
  changed_people_.insert(after.id);
  for (auto channel : removed_channels(before, after)) removed_addresses_.emplace_back(after.id, channel);
  for (auto& id : connect(world_.directory, before, after)) changed_people_.insert(std::move(id));
}

void Intake::take_consent(const events::Event& event) {
  bool given = event.type == "consent.given";
  auto purpose = event.text("purpose");
  auto person = world_.directory.at(event.text("user_id"));
  person.consents.erase(purpose);
  person.withdrawn.erase(purpose);
  (given ? person.consents : person.withdrawn).insert(purpose);
  world_.directory.add(person);
  ConsentChange change{person.id, purpose, given, event.time, {}};
  for (auto field : {"given_by", "channel", "text_version"})
    if (event.has(field)) change.details[field] = event.text(field);
  consents_.push_back(std::move(change));
}

// Also what this very batch has planned is taken back.
void Intake::withdraw(const Withdrawal& withdrawal) {
  std::erase_if(messages_, [&](const PlannedBy& by) { return withdrawal.covers(by.planned); });
  withdrawals_.push_back(withdrawal);
}

Message to_message(const PlannedBy& by, std::string id, Time now) {
  const auto& planned = by.planned;
  Message out;
  out.id = std::move(id);
  out.key = planned.key;
  out.event_source = by.event_source;
  out.event_id = by.event_id;
  out.user_id = planned.user_id;
  out.type = planned.type;
  out.audience = planned.audience;
  out.channel = planned.channel;
  out.priority = planned.priority;
  out.status = !planned.suppressed.empty() ? "suppressed" : (planned.channel ? "pending" : "scheduled");
  out.queued = out.status == "pending";
  out.reason = planned.suppressed;
  out.due = planned.due;
  out.expires = planned.expires;
  out.lesson_id = planned.lesson_id;
  out.student_id = planned.student_id;
  out.purpose = planned.purpose;
  out.context = planned.context;
  out.created = now;
  out.event_at = now;
  return out;
}

}  // namespace rb::notification
