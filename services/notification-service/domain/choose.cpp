// Which channels reach a person for a type: preferences, consent and what the installation has.
#include <algorithm>

#include "domain/defaults.hpp"
#include "domain/plan.hpp"

namespace rb::notification {
namespace {

bool reachable(const Person& person, Channel channel, const Channels& channels) {
  auto reach = channels.of(channel);
  if (reach == Reach::nobody) return false;
  if (reach == Reach::everyone) return true;
  const auto* address = person.address(channel);
  if (address == nullptr) return reach == Reach::stand_in && person.addresses.empty();
  return !address->suspended;
}

bool optional_type(std::string_view type) {
  const auto* info = find_notification_type(type);
  return info == nullptr || info->optional;
}

std::optional<bool> cell(const Person& person, std::string_view type, Channel channel,
                         std::string_view child) {
  auto cell = person.preferences.cell(type, channel, child);
  if (cell == false && !optional_type(type)) return std::nullopt;
  return cell;
}

std::string consent_problem(const Person& person, std::string_view purpose) {
  if (purpose == "marketing" && !person.consents.contains("marketing")) return "no_marketing_consent";
  if (purpose != "requested" && person.withdrawn.contains("notifications")) return "consent_withdrawn";
  return {};
}

std::string why_unreachable(const Person& person, const Channels& channels) {
  bool configured =
      std::ranges::any_of(kUsualChannels, [&](Channel c) { return channels.of(c) != Reach::nobody; });
  if (!configured) return "channel_not_configured";
  bool suspended = std::ranges::any_of(person.addresses, &Address::suspended);
  return suspended ? "address_suspended" : "no_address";
}

}  // namespace

Choice choose_channels(const Person& person, std::string_view type, std::string_view purpose,
                       const Channels& channels, std::string_view child) {
  if (auto problem = consent_problem(person, purpose); !problem.empty()) return {{}, problem};
  Choice choice;
  bool chosen = false, blocked = false;
  for (auto channel : kChannels) {
    auto wish = cell(person, type, channel, child);
    chosen = chosen || wish == true;
    blocked = blocked || wish == false;
    if (wish == true && reachable(person, channel, channels)) choice.channels.push_back(channel);
  }
  if (!choice.channels.empty()) return choice;
  // Nothing chosen, or what was chosen cannot reach them now: the first channel that can and is not
  // forbidden.
  for (auto channel : channel_order(person.preferences)) {
    if (cell(person, type, channel, child) == false || !reachable(person, channel, channels)) continue;
    return {{channel}, {}};
  }
  return {{}, blocked && !chosen ? "blocked_by_preferences" : why_unreachable(person, channels)};
}

std::optional<Channel> fallback_channel(const Person& person, std::string_view type, Channel failed,
                                        const Channels& channels, std::string_view child) {
  for (auto channel : channel_order(person.preferences)) {
    if (channel == failed || cell(person, type, channel, child) == false) continue;
    if (reachable(person, channel, channels)) return channel;
  }
  return std::nullopt;
}

std::string veto(const Person& person, std::string_view type, std::string_view purpose, Channel channel,
                 std::string_view child) {
  if (auto problem = consent_problem(person, purpose); !problem.empty()) return problem;
  return cell(person, type, channel, child) == false ? "blocked_by_preferences" : "";
}

}  // namespace rb::notification
