#include "domain/defaults.hpp"

#include <algorithm>

namespace rb::notification {
namespace {

constexpr int kAnHour = 60;

// A tutor knows their timetable; an admin has none.
std::vector<int> usual_minutes(Audience role) {
  if (role == Audience::tutor || role == Audience::admin) return {};
  return {kAnHour};
}

}  // namespace

std::vector<int> reminder_minutes(const Preferences& preferences, Audience role, std::string_view child) {
  const auto& own = preferences.reminders(child);
  return own ? *own : usual_minutes(role);
}

std::vector<Channel> channel_order(const Preferences& preferences) {
  auto out = preferences.channel_order;
  for (auto channel : kUsualChannels)
    if (std::ranges::find(out, channel) == out.end()) out.push_back(channel);
  return out;
}

}  // namespace rb::notification
