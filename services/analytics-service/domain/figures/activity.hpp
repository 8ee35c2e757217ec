#pragma once
// By which of their deeds people are active, and when. Pure. Definitions: docs/metrics.md.
#include <string>
#include <vector>

#include "domain/facts.hpp"

namespace rb::analytics {

struct Activity {
  std::string user_id;
  Time at{};
  auto operator<=>(const Activity&) const = default;
};

using Activities = std::vector<Activity>;

// Adds what a fact shows; people whom nobody has named are none.
void add_activity(Activities& to, const Lesson& lesson);      // students and the tutor of a completed lesson
void add_activity(Activities& to, const Homework& homework);  // who handed it in
void add_activity(Activities& to, const Payment& payment);    // who paid
void add_activity(Activities& to, const Access& access);      // who viewed or downloaded
void add_activity(Activities& to, const Login& login);

template <class Fact>
Activities activities_of(const Fact& fact) {
  Activities out;
  add_activity(out, fact);
  return out;
}

// Of lists of facts, of any kinds.
template <class... Facts>
Activities activities_in(const std::vector<Facts>&... lists) {
  Activities out;
  auto add = [&out](const auto& facts) {
    for (const auto& fact : facts) add_activity(out, fact);
  };
  (add(lists), ...);
  return out;
}

}  // namespace rb::analytics
