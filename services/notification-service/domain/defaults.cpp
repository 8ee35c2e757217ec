#include "domain/defaults.hpp"

#include <algorithm>

namespace rb::notification {
namespace {

constexpr std::array kAnHour = {60};

// A tutor knows their timetable; an admin has none.
constexpr std::array kDefaults = std::to_array<Defaults>({
    {Audience::student, kAnHour},
    {Audience::parent, kAnHour},
    {Audience::tutor, {}},
    {Audience::admin, {}},
    {Audience::any, kAnHour},
});

}  // namespace

const Defaults& defaults_of(Audience role) { return *std::ranges::find(kDefaults, role, &Defaults::role); }

std::vector<int> reminder_minutes(const Preferences& preferences, Audience role, std::string_view child) {
  if (const auto& own = preferences.reminders(child)) return *own;
  auto usual = defaults_of(role).reminder_minutes;
  return {usual.begin(), usual.end()};
}

std::vector<Channel> channel_order(const Preferences& preferences) {
  auto out = preferences.channel_order;
  for (auto channel : kUsualChannels)
    if (std::ranges::find(out, channel) == out.end()) out.push_back(channel);
  return out;
}

}  // namespace rb::notification
