#pragma once
// Whether a message that waited still tells the truth about its lesson. Pure.
#include <string>

#include "domain/lesson.hpp"
#include "domain/message.hpp"

namespace rb::notification {

// "" or the reason: "outdated"; of a reminder "lesson_cancelled", "lesson_over" or "lesson_rescheduled".
std::string outdated(const Message& message, const Lesson& lesson);

}  // namespace rb::notification
