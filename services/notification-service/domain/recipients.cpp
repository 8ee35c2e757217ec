#include "domain/recipients.hpp"

#include <algorithm>
#include <array>

namespace rb::notification {
namespace {

class Collector {
 public:
  explicit Collector(const Directory& directory) : directory_(directory) {}

  void add(const std::string& user_id, Audience audience, std::vector<std::string> about) {
    if (user_id.empty()) return;
    bool there = std::ranges::any_of(out_, [&](const Recipient& r) {
      return r.user_id == user_id && (audience != Audience::parent || r.about == about);
    });
    if (!there) out_.push_back({user_id, audience, std::move(about)});
  }

  void students_and_parents(const std::vector<std::string>& students) {
    for (const auto& id : students) add(id, Audience::student, {id});
    for (const auto& id : students)
      for (const auto& parent : directory_.at(id).parents) add(parent, Audience::parent, {id});
  }

  std::vector<Recipient> take() { return std::move(out_); }

 private:
  const Directory& directory_;
  std::vector<Recipient> out_;
};

bool tutor_hears(std::string_view type) {
  constexpr std::array<std::string_view, 4> kHeard = {"lesson.cancelled", "lesson.rescheduled",
                                                      "lesson.missed", "homework.submitted"};
  return std::ranges::find(kHeard, type) != kHeard.end();
}

bool nobody_hears(std::string_view type) {
  constexpr std::array<std::string_view, 10> kUnheard = {
      "lesson.updated",    "user.updated",       "user.profile_updated", "user.login",
      "user.deleted",      "consent.given",      "balance.updated",      "consent.withdrawn",
      "material.accessed", "material.downloaded"};
  return std::ranges::find(kUnheard, type) != kUnheard.end();
}

Audience main_role(const Person& person) {
  for (auto role : {Audience::tutor, Audience::admin, Audience::parent})
    if (person.is(role)) return role;
  return Audience::student;
}

void add_payers(Collector& out, const events::Event& event, const Directory& directory) {
  auto students = event.list("student_ids");
  for (const auto& id : payers_of(event, directory)) out.add(id, Audience::any, students);
  if (event.family() == "payment") out.add(event.text("tutor_id"), Audience::tutor, students);
}

void add_addressed(Collector& out, const events::Event& event, const Directory& directory) {
  if (event.has("user_id")) {
    out.add(event.text("user_id"), Audience::any, {});
    return;
  }
  auto role = event.type == "analytics.alert" ? Audience::admin
                                              : parse_audience(event.text("role")).value_or(Audience::any);
  if (event.type == "analytics.alert" && event.has("tutor_id")) {
    out.add(event.text("tutor_id"), Audience::any, {});
    return;
  }
  for (const auto* person : directory.with_role(role)) out.add(person->id, Audience::any, {});
}

}  // namespace

std::vector<std::string> students_of(const events::Event& event, const Lesson* lesson) {
  auto named = event.list("student_ids");
  if (!named.empty() || lesson == nullptr) return named;
  for (const auto& [id, part] : lesson->students)
    if (part.takes_part) named.push_back(id);
  return named;
}

std::vector<std::string> payers_of(const events::Event& event, const Directory& directory) {
  auto with_parents = [&](const std::string& id) {
    const auto& parents = directory.at(id).parents;
    return parents.empty() ? std::vector<std::string>{id} : parents;
  };
  if (event.has("user_id")) {
    const auto& payer = directory.at(event.text("user_id"));
    return payer.minor == false ? std::vector{payer.id} : with_parents(payer.id);
  }
  std::vector<std::string> out;
  for (const auto& student : event.list("student_ids"))
    for (const auto& payer : with_parents(student))
      if (std::ranges::find(out, payer) == out.end()) out.push_back(payer);
  return out;
}

std::vector<Recipient> recipients(const events::Event& event, const Lesson* lesson,
                                  const Directory& directory) {
  Collector out(directory);
  if (nobody_hears(event.type) || event.flag("silent")) return {};
  auto family = event.family();
  if (family == "payment" || family == "balance") {
    add_payers(out, event, directory);
  } else if (family == "user") {
    const auto& person = directory.at(event.text("user_id"));
    out.add(person.id, main_role(person), {});
  } else if (family == "system" || family == "analytics" || family == "report") {
    add_addressed(out, event, directory);
  } else {
    auto students = students_of(event, lesson);
    out.students_and_parents(students);
    auto tutor = event.has("tutor_id") || lesson == nullptr ? event.text("tutor_id") : lesson->tutor_id;
    if (tutor_hears(event.type)) out.add(tutor, Audience::tutor, students);
  }
  return out.take();
}

}  // namespace rb::notification
