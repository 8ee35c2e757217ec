#pragma once
// The ways a message can take. Pure values.
#include <array>
#include <optional>
#include <string_view>

namespace rb::notification {

enum class Channel { telegram, email, inbox, webhook };
inline constexpr std::array kChannels = {Channel::telegram, Channel::email, Channel::inbox, Channel::webhook};

std::string_view to_string(Channel channel);
std::string_view to_string(std::optional<Channel> channel);  // "": none
std::optional<Channel> parse_channel(std::string_view text);

}  // namespace rb::notification
