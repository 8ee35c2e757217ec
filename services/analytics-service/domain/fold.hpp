#pragma once
// The events of one entity → its fact. `ordered`: in the order of order.hpp, no event twice, all of them; how
// and when they came does not matter. nullopt: they make no fact (a lesson that nobody has planned, held or
// called off). Pure. Definitions: docs/metrics.md.
#include <optional>
#include <span>

#include "domain/facts.hpp"
#include "events/event.hpp"

namespace rb::analytics {

using Events = std::span<const events::Event>;

std::optional<Lesson> fold_lesson(Events ordered);
std::optional<Payment> fold_payment(Events ordered);
std::optional<Homework> fold_homework(Events ordered);
std::optional<Access> fold_access(Events ordered);
std::optional<Login> fold_login(Events ordered);
std::optional<Person> fold_person(Events ordered);  // a deleted one keeps roles and the day of registration

}  // namespace rb::analytics
