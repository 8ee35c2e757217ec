#include <algorithm>

#include "domain/merge.hpp"

namespace rb::analytics {
namespace {

// `roles` and `role` of one event together.
std::vector<std::string> roles_said(const events::Event& event) {
  auto roles = event.list("roles");
  auto role = event.text("role");
  if (!role.empty() && std::ranges::find(roles, role) == roles.end()) roles.push_back(role);
  return roles;
}

void take(Person& person, const events::Event& event) {
  if (event.type == "user.registered") person.registered_at = event.time;
  if (auto roles = roles_said(event); !roles.empty()) person.roles = std::move(roles);
  if (event.has("full_name")) person.full_name = event.text("full_name");
  if (event.has("timezone")) person.timezone = event.text("timezone");
  if (event.has("language")) person.language = event.text("language");
  if (event.has("children_ids")) person.children_ids = event.list("children_ids");
  if (event.has("tutor_ids")) person.tutor_ids = event.list("tutor_ids");
}

}  // namespace

std::optional<Person> fold_person(Events ordered) {
  if (ordered.empty()) return std::nullopt;
  Person person;
  person.id = ordered.back().text("user_id");
  for (const auto& event : ordered) take(person, event);
  if (last_of(ordered, "user.deleted") == nullptr) return person;
  Person deleted;
  deleted.id = person.id;
  deleted.roles = person.roles;
  deleted.registered_at = person.registered_at;
  return deleted;
}

}  // namespace rb::analytics
