#pragma once
// The ways a message can take. Pure values.
#include <array>
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rb::notification {

enum class Channel { telegram, email, inbox, webhook };
BOOST_DESCRIBE_ENUM(Channel, telegram, email, inbox, webhook)
inline constexpr std::array kChannels = {Channel::telegram, Channel::email, Channel::inbox, Channel::webhook};

std::string_view to_string(Channel channel);
std::string_view to_string(std::optional<Channel> channel);  // "": none
std::optional<Channel> parse_channel(std::string_view text);
std::vector<std::string> channel_names();  // of all

}  // namespace rb::notification
