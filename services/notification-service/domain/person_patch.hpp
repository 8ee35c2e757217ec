#pragma once
// What an event, a call or an imported list says about a person, and what becomes of the person. Pure.
#include <optional>
#include <string>
#include <vector>

#include "domain/people.hpp"
#include "events/event.hpp"

namespace rb::notification {

struct PersonPatch {
  std::string id;
  std::optional<std::string> full_name = {}, language = {}, address_form = {}, timezone = {}, telegram = {},
                             email = {}, webhook = {};  // addresses: "" takes it away
  std::optional<std::vector<Audience>> roles = {};
  std::optional<bool> minor = {};
  std::optional<std::vector<std::string>> children = {}, parents = {}, tutors = {};  // replace whole lists
  std::optional<Preferences> preferences = {};
};

int year_of(Time moment);  // in UTC

// Of a user.registered, user.updated or user.profile_updated.
PersonPatch patch_of(const events::Event& event);

// `person` with what the patch says; what it leaves out stays.
Person patched(Person person, const PersonPatch& patch);

// The channels whose address the person had and has no more.
std::vector<Channel> removed_channels(const Person& before, const Person& after);

// Keeps both ends of «parent of» in step for who became or ceased to be a relative of `after`. Returns the
// relatives whose lists changed.
std::vector<std::string> connect(Directory& directory, const Person& before, const Person& after);

}  // namespace rb::notification
