#pragma once
// When a lesson is reminded of. Pure.
#include <vector>

#include "domain/plan.hpp"

namespace rb::notification {

// Reminders of a lesson that lies ahead: one per person and chosen number of minutes, channel open until they
// are due. A reminder whose moment has passed is left out.
std::vector<Planned> plan_reminders(const Lesson& lesson, const events::Event& event,
                                    const Situation& situation);

// A producer's own lesson.reminder: goes out now, under the key of the reminder that stands nearest to it, so
// that theirs and ours together are sent once.
std::vector<Planned> take_over_reminder(const Lesson* lesson, const events::Event& event,
                                        const Situation& situation);

}  // namespace rb::notification
