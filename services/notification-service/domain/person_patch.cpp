#include "domain/person_patch.hpp"

#include <algorithm>

namespace rb::notification {
namespace {

std::optional<std::string> text(const events::Event& event, std::string_view field) {
  return event.has(field) ? std::optional(event.text(field)) : std::nullopt;
}

std::optional<std::vector<std::string>> list(const events::Event& event, std::string_view field) {
  return event.has(field) ? std::optional(event.list(field)) : std::nullopt;
}

template <class T>
void take(T& target, const std::optional<T>& value) {
  if (value) target = *value;
}

void set_address(Person& person, Channel channel, const std::optional<std::string>& value) {
  if (!value) return;
  auto found = std::ranges::find(person.addresses, channel, &Address::channel);
  if (value->empty()) {
    if (found != person.addresses.end()) person.addresses.erase(found);
  } else if (found == person.addresses.end()) {
    person.addresses.push_back({channel, *value, false, ""});
  } else if (found->value != *value) {
    *found = {channel, *value, false, ""};
  }
}

using Names = std::vector<std::string>;

// Puts `id` into or takes it out of one list of each relative that differs between the two lists.
void update_other_end(Directory& directory, const Names& before, const Names& after, const std::string& id,
                      Names Person::* list, Names& changed) {
  auto edit = [&](const std::string& other, bool add) {
    auto person = directory.at(other);
    auto& names = person.*list;
    std::erase(names, id);
    if (add) names.push_back(id);
    directory.add(std::move(person));
    changed.push_back(other);
  };
  for (const auto& other : before)
    if (std::ranges::find(after, other) == after.end()) edit(other, false);
  for (const auto& other : after)
    if (std::ranges::find(before, other) == before.end()) edit(other, true);
}

}  // namespace

int year_of(Time moment) {
  return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(moment)).year());
}

PersonPatch patch_of(const events::Event& event) {
  PersonPatch patch;
  patch.id = event.text("user_id");
  patch.full_name = text(event, "full_name");
  patch.language = text(event, "language");
  patch.address_form = text(event, "address_form");
  patch.timezone = text(event, "timezone");
  patch.telegram = text(event, "telegram_id");
  patch.email = text(event, "email");
  patch.children = list(event, "children_ids");
  patch.tutors = list(event, "tutor_ids");
  if (event.has("is_minor")) patch.minor = event.flag("is_minor");
  if (auto year = event.integer("birth_year")) patch.minor = year_of(event.time) - *year < 18;
  auto roles = event.list("roles");
  if (event.has("role")) roles.push_back(event.text("role"));
  for (const auto& name : roles) {
    auto role = parse_audience(name);
    if (!role) continue;
    if (!patch.roles) patch.roles.emplace();
    if (std::ranges::find(*patch.roles, *role) == patch.roles->end()) patch.roles->push_back(*role);
  }
  return patch;
}

Person patched(Person person, const PersonPatch& patch) {
  person.id = patch.id;
  person.known = true;
  take(person.full_name, patch.full_name);
  // What they have chosen themselves stands against what others say of them.
  if (!person.preferences.language) take(person.language, patch.language);
  if (!person.preferences.timezone) take(person.timezone, patch.timezone);
  take(person.address_form, patch.address_form);
  take(person.roles, patch.roles);
  take(person.children, patch.children);
  take(person.parents, patch.parents);
  take(person.tutors, patch.tutors);
  take(person.preferences, patch.preferences);
  if (patch.minor) person.minor = patch.minor;
  set_address(person, Channel::telegram, patch.telegram);
  set_address(person, Channel::email, patch.email);
  set_address(person, Channel::webhook, patch.webhook);
  return person;
}

std::vector<Channel> removed_channels(const Person& before, const Person& after) {
  std::vector<Channel> out;
  for (const auto& address : before.addresses)
    if (after.address(address.channel) == nullptr) out.push_back(address.channel);
  return out;
}

std::vector<std::string> connect(Directory& directory, const Person& before, const Person& after) {
  Names changed;
  update_other_end(directory, before.children, after.children, after.id, &Person::parents, changed);
  update_other_end(directory, before.parents, after.parents, after.id, &Person::children, changed);
  return changed;
}

}  // namespace rb::notification
