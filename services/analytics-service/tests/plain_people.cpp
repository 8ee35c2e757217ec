// Who is who, and who is to be forgotten.
#include "tests/plain.hpp"

namespace rb::analytics::plain {
namespace {

bool names_people(std::string_view field) {
  return field == "user_id" || field == "tutor_id" || field.ends_with("_ids");
}

const Story* living(const History& history, const std::string& id) {
  auto found = history.people.find(id);
  if (found == history.people.end() || last_of(found->second, "user.deleted") != nullptr) return nullptr;
  return &found->second;
}

}  // namespace

std::vector<Event> without_erased(std::vector<Event> events) {
  std::set<std::string> erased;
  for (const auto& event : events)
    if (event.type == "user.deleted") erased.insert(event.text("user_id"));
  auto rename = [&](boost::json::value& id) {
    if (!id.is_string() || !erased.contains(std::string(id.as_string()))) return false;
    id = std::string(kErased) + std::string(id.as_string());
    return true;
  };
  for (auto& event : events) {
    bool about = false;
    for (auto& [field, value] : event.data) {
      if (!names_people(field)) continue;
      about = rename(value) || about;
      if (auto* list = value.if_array())
        for (auto& id : *list) about = rename(id) || about;
    }
    if (about && event.family() != "user") event.data.erase("topic");
  }
  return events;
}

std::string own(const History& history, const std::string& id, std::string_view field) {
  auto* story = living(history, id);
  return story == nullptr ? "" : text(*story, field);
}

std::vector<std::string> children(const History& history, const std::string& parent) {
  auto* story = living(history, parent);
  auto* told = story == nullptr ? nullptr : last_with(*story, "children_ids");
  return told == nullptr ? std::vector<std::string>() : told->list("children_ids");
}

}  // namespace rb::analytics::plain
