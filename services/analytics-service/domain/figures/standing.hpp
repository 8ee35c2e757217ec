#pragma once
// What became of a lesson as a whole. Pure.
#include <array>
#include <optional>

#include "domain/facts.hpp"

namespace rb::analytics {

struct Standing {
  LessonStatus status = LessonStatus::scheduled;
  Time at{};  // whose day is the lesson's
};

inline int rank(LessonStatus status) {
  constexpr std::array kRanks = {0, 3, 1, 2};  // scheduled, completed, cancelled, missed
  return kRanks[static_cast<std::size_t>(status)];
}

// Completed if any of the places counted was completed, else missed, else cancelled, else scheduled; the
// earliest moment among those. `counts(place)`: whether it is in the asked scope. nullopt: none is.
template <class Counts>
std::optional<Standing> standing(const Lesson& lesson, Counts counts) {
  std::optional<Standing> out;
  for (const auto& place : lesson.places) {
    if (!counts(place)) continue;
    auto more = out ? rank(place.status) - rank(out->status) : 1;
    if (more > 0 || (more == 0 && place.at < out->at)) out = {place.status, place.at};
  }
  return out;
}

inline std::optional<Standing> standing(const Lesson& lesson) {
  return standing(lesson, [](const Place&) { return true; });
}

}  // namespace rb::analytics
