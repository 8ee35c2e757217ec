#pragma once
// What templates see of an event: names as templates/README.md lists them. Pure.
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "domain/lesson.hpp"
#include "domain/people.hpp"

namespace rb::notification {

// `students` are those the message is about; one of them also stands as `student`.
boost::json::object event_context(const events::Event& event, const Lesson* lesson,
                                  const Directory& directory, const std::vector<std::string>& students);

}  // namespace rb::notification
