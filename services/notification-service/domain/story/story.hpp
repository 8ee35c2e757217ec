#pragma once
// What has happened to a message, in sentences: why it came, or why not. Pure, thread-safe.
#include <string>
#include <vector>

#include "domain/message.hpp"
#include "domain/plan.hpp"
#include "time/zone.hpp"

namespace rb::notification {

struct StoryLine {
  Time at;
  std::string text;
};

// Whom a story is told to.
struct Listener {
  std::string language;  // "ru" or "en"
  Zone zone;             // of the moments inside sentences
  Time now;
};

// The oldest line first; the last one says how matters stand.
std::vector<StoryLine> story(const Message& message, const std::vector<Attempt>& attempts,
                             const std::vector<StateChange>& states, const Listener& to);

// Why an event has led to no message for a person, one sentence.
std::string why_nothing(const events::Event& event, const Lesson* lesson, const Directory& directory,
                        const std::string& user_id, std::string_view language);

}  // namespace rb::notification
