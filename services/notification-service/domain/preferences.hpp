#pragma once
// What a person has switched. What is not mentioned follows the defaults (domain/defaults.hpp). Pure values.
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/channel.hpp"

namespace rb::notification {

// (type, channel) → always or never. The type may be a family ("lesson") or "*"; the most exact entry wins.
using Cells = std::map<std::pair<std::string, std::string>, bool>;

enum class DigestMode { off, daily, weekly };
std::string_view to_string(DigestMode mode);

// Minutes after local midnight; over midnight when the end is before the start, off when they are the same.
struct QuietHours {
  int start = 0, end = 0;
  bool operator==(const QuietHours&) const = default;
};

// What is wished for a type, a family or everything ("*").
struct TypeTiming {
  std::optional<DigestMode> digest = {};
  std::optional<int> min_interval_minutes = {};
  bool empty() const { return !digest && !min_interval_minutes; }
  bool operator==(const TypeTiming&) const = default;
};

// Of a parent, for messages about one child.
struct ChildPreferences {
  Cells cells = {};
  std::optional<std::vector<int>> reminder_minutes = {};
  bool empty() const { return cells.empty() && !reminder_minutes; }
  bool operator==(const ChildPreferences&) const = default;
};

struct Preferences {
  Cells cells = {};
  std::map<std::string, ChildPreferences> children = {};       // by the child's id; before what holds for all
  std::optional<std::vector<int>> reminder_minutes = {};       // before a lesson; empty: no reminders
  std::vector<Channel> channel_order = {};                     // which is tried first; empty: the usual order
  std::optional<QuietHours> quiet_hours = {};                  // in the person's zone
  std::map<std::string, TypeTiming, std::less<>> timing = {};  // by type, family or "*"
  std::optional<int> digest_minute = {};                       // after local midnight
  std::optional<std::chrono::weekday> digest_day = {};         // of the weekly digest
  std::optional<std::string> language = {}, timezone = {};     // the person's own choice

  // `child` is the one student a message is about, "" when there is none.
  std::optional<bool> cell(std::string_view type, Channel channel, std::string_view child = {}) const;
  const std::optional<std::vector<int>>& reminders(std::string_view child) const;
  std::optional<DigestMode> digest(std::string_view type) const;
  int min_interval(std::string_view type) const;  // minutes; 0: none

  // No exception, of a type or a child, is left of it. The type may be a family or "*".
  void switch_off(const std::string& type, Channel channel);

  bool delays() const { return quiet_hours || !timing.empty(); }  // false: everything goes out at once
  bool operator==(const Preferences&) const = default;
};

// "lesson.cancelled", "lesson", "*": from the most exact to what holds for all.
std::array<std::string_view, 3> levels_of(std::string_view type);

}  // namespace rb::notification
