#pragma once
// Which one thing an event speaks of: the events of one entity make one fact. Pure.
#include <optional>
#include <string>

#include "events/event.hpp"

namespace rb::analytics {

enum class EntityKind { lesson, payment, homework, access, login, person };

struct Entity {
  EntityKind kind;
  std::string id;  // of an access or a login: source and id of its event, a line break between
  auto operator<=>(const Entity&) const = default;
};

// nullopt: analytics takes no notice of events of this type.
std::optional<Entity> entity_of(const events::Event& event);

std::string key(const Entity& entity);  // "lesson:7"

}  // namespace rb::analytics
