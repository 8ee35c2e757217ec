#pragma once
// What holds for those who have switched nothing. Pure.
#include <chrono>

#include "domain/people.hpp"

namespace rb::notification {

// Tried in this order; people look at these without having asked for them, at the others when they have
// switched them on.
inline constexpr std::array kUsualChannels = {Channel::telegram, Channel::email};

inline constexpr int kDigestMinute = 18 * 60;
inline constexpr std::chrono::weekday kDigestDay = std::chrono::Sunday;

// The person's own minutes, else those of the role in which they read it.
std::vector<int> reminder_minutes(const Preferences& preferences, Audience role, std::string_view child);

// The channels of a person in the order in which they are tried: their own, then the usual ones.
std::vector<Channel> channel_order(const Preferences& preferences);

}  // namespace rb::notification
