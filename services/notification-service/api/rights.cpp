#include "api/rights.hpp"

#include <algorithm>

#include "domain/recipients.hpp"

namespace rb::notification {
namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

bool teaches(const http::Caller& who, const Person& person) {
  return who.has_role("tutor") && contains(person.tutors, who.subject);
}

bool has_in_care(const http::Caller& who, const Person& person, const Directory& directory) {
  return teaches(who, person) || std::ranges::any_of(person.children, [&](const std::string& child) {
           return teaches(who, directory.at(child));
         });
}

bool is_parent(const http::Caller& who, const Person& person) {
  return who.has_role("parent") &&
         (contains(person.parents, who.subject) || contains(who.children, person.id));
}

// Those who are in one of the lists only.
Names difference(Names a, Names b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  Names out;
  std::ranges::set_symmetric_difference(a, b, std::back_inserter(out));
  return out;
}

bool changes_relations(const PersonPatch& patch) {
  return patch.roles || patch.minor || patch.children || patch.parents || patch.tutors;
}

// A tutor brings new people in as students of theirs, or as parents of such.
bool introduces(const http::Caller& who, const PersonPatch& patch, const Directory& directory) {
  if (patch.tutors && contains(*patch.tutors, who.subject)) return true;
  return patch.children && std::ranges::any_of(*patch.children, [&](const std::string& id) {
           return teaches(who, directory.at(id));
         });
}

Result<void> may_relate(const http::Caller& who, const Person& before, const PersonPatch& patch,
                        const Directory& directory) {
  auto strange = [&](const std::string& id) {
    const auto& person = directory.at(id);
    return person.known && !has_in_care(who, person, directory);
  };
  for (const auto& role : patch.roles.value_or(std::vector<Audience>{}))
    if (role != Audience::student && role != Audience::parent)
      return fail(Errc::forbidden, "a tutor gives the roles student and parent only");
  for (const auto& id : difference(before.tutors, patch.tutors.value_or(before.tutors)))
    if (id != who.subject) return fail(Errc::forbidden, "a tutor changes no other tutors of a student");
  auto changed = difference(before.children, patch.children.value_or(before.children));
  std::ranges::move(difference(before.parents, patch.parents.value_or(before.parents)),
                    std::back_inserter(changed));
  for (const auto& id : changed)
    if (strange(id))
      return fail(Errc::forbidden, "user " + id + " is none of your students and their parents");
  return {};
}

}  // namespace

bool is_staff(const http::Caller& who) { return who.has_role("admin") || who.has_role("service"); }

bool is_child(const Person& person) { return person.minor == true || !person.parents.empty(); }

bool may(const http::Caller& who, Action action, const Person& about, const Directory& directory) {
  bool self = who.subject == about.id;
  switch (action) {
    case Action::contact:
      return is_staff(who) || self || has_in_care(who, about, directory);
    case Action::send:
      return is_staff(who) || has_in_care(who, about, directory);
    case Action::read:
      return is_staff(who) || self || is_parent(who, about);
    case Action::read_lessons:
      return may(who, Action::read, about, directory) || teaches(who, about);
    case Action::change:
      return who.has_role("admin") || self || is_parent(who, about);
  }
  return false;
}

Result<void> may_patch(const http::Caller& who, const Person& before, const PersonPatch& patch,
                       const Directory& directory) {
  if (is_staff(who)) return {};
  if (who.subject == before.id) {
    if (!changes_relations(patch)) return {};
    return fail(Errc::forbidden, "roles and relatives are changed by an admin");
  }
  bool there = before.known || !before.addresses.empty();
  bool allowed = there ? has_in_care(who, before, directory)
                       : who.has_role("tutor") && introduces(who, patch, directory);
  if (!allowed)
    return fail(Errc::forbidden, "user " + before.id + " is none of your students and their parents");
  return may_relate(who, before, patch, directory);
}

std::string foreign(const http::Caller& who, const events::Event& event, const Lesson* lesson,
                    const Directory& directory) {
  if (is_staff(who)) return {};
  if (event.family() == "user") {
    if (event.type == "user.deleted") return "only an admin or a service erases people";
    auto allowed = may_patch(who, directory.at(event.text("user_id")), patch_of(event), directory);
    return allowed ? "" : allowed.error().message;
  }
  auto tutor = event.text("tutor_id");
  if (!tutor.empty() && tutor != who.subject) return "tutor_id is another tutor";
  if (lesson != nullptr && !lesson->tutor_id.empty() && lesson->tutor_id != who.subject)
    return "this is another tutor's lesson";
  auto people = students_of(event, lesson);
  if (event.has("user_id")) people.push_back(event.text("user_id"));
  if (people.empty() && tutor.empty()) return "it names none of your students";
  for (const auto& id : people)
    if (!may(who, Action::contact, directory.at(id), directory))
      return "user " + id + " is none of your students and their parents";
  return {};
}

}  // namespace rb::notification
