#pragma once
// The table of notification types: who hears of them, how urgent they are, who may switch them off. Pure.
#include <span>
#include <string>
#include <string_view>

namespace rb::notification {

enum class Priority { urgent = 0, high = 1, normal = 2, low = 3 };

std::string_view to_string(Priority priority);

struct TypeInfo {
  std::string_view type;
  std::string_view title_ru, title_en;
  std::string_view audiences;  // of its templates, separated by spaces; "any": one wording for all
  Priority priority = Priority::normal;
  bool optional = true;  // may be switched off
};

std::span<const TypeInfo> notification_types();
const TypeInfo* find_notification_type(std::string_view type);

// Upstream's names ("lesson_reminder") → ours ("lesson.reminder"); the name itself when it is no alias.
std::string canonical_notification_type(std::string_view name);

}  // namespace rb::notification
