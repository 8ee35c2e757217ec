#pragma once
// A field of a fact is taken from the last event that carries it; null does not carry. For the folds. Pure.
#include <string>
#include <string_view>

#include "domain/fold.hpp"

namespace rb::analytics {

// nullptr: none carries it.
inline const events::Event* last_with(Events ordered, std::string_view field) {
  for (auto event = ordered.rbegin(); event != ordered.rend(); ++event)
    if (event->has(field)) return &*event;
  return nullptr;
}

inline const events::Event* last_of(Events ordered, std::string_view type) {
  for (auto event = ordered.rbegin(); event != ordered.rend(); ++event)
    if (event->type == type) return &*event;
  return nullptr;
}

inline std::string merged_text(Events ordered, std::string_view field) {
  const auto* event = last_with(ordered, field);
  return event != nullptr ? event->text(field) : std::string();
}

inline std::optional<Money> money(const events::Event& event, std::string_view field) {
  auto minor = event.minor(field);
  if (!minor) return std::nullopt;
  auto currency = event.text("currency");
  return Money{*minor, currency.empty() ? "RUB" : currency};
}

// The student of a thing that has one.
inline std::string first_student(const events::Event& event) {
  auto named = event.list("student_ids");
  return named.empty() ? std::string() : named.front();
}

}  // namespace rb::analytics
