#include "domain/channel.hpp"

namespace rb::notification {

std::string_view to_string(Channel channel) { return boost::describe::enum_to_string(channel, ""); }

std::string_view to_string(std::optional<Channel> channel) { return channel ? to_string(*channel) : ""; }

std::optional<Channel> parse_channel(std::string_view text) {
  for (auto channel : kChannels)
    if (to_string(channel) == text) return channel;
  return std::nullopt;
}

std::vector<std::string> channel_names() {
  std::vector<std::string> out;
  for (auto channel : kChannels) out.emplace_back(to_string(channel));
  return out;
}

}  // namespace rb::notification
