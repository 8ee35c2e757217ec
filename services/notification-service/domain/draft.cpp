#include "domain/draft.hpp"

#include <algorithm>

#include "domain/members.hpp"

namespace rb::notification {
namespace {

// Why a channel the sender insists on cannot be used; "" when it can.
std::string obstacle(const Message& message, const Person& to, Channel channel, const Channels& channels) {
  if (auto reason = veto(to, message.type, message.purpose, channel); !reason.empty()) return reason;
  auto reach = channels.of(channel);
  if (reach == Reach::nobody) return "channel_not_configured";
  const auto* address = to.address(channel);
  if (!message.recipient_address.empty() || (address == nullptr && reach != Reach::addressed)) return {};
  if (address == nullptr) return "no_address";
  return address->suspended ? "address_suspended" : "";
}

}  // namespace

boost::json::object to_json(const Draft& draft) {
  const auto& m = draft.message;
  boost::json::array channels;
  for (auto channel : draft.channels) channels.emplace_back(to_string(channel));
  boost::json::object out;
  out["type"] = m.type;
  out["audience"] = to_string(m.audience);
  out["priority"] = static_cast<int>(m.priority);
  out["purpose"] = m.purpose;
  out["correlation_id"] = m.correlation_id;
  out["template"] = m.template_name;
  out["recipient_address"] = m.recipient_address;
  out["context"] = m.context;
  out["channels"] = std::move(channels);
  return out;
}

Draft read_draft(const boost::json::object& from) {
  Draft out;
  auto& m = out.message;
  m.type = text_in(from, "type");
  m.audience = parse_audience(text_in(from, "audience")).value_or(Audience::any);
  if (const auto* priority = from.if_contains("priority"))
    m.priority = static_cast<Priority>(priority->to_number<int>());
  m.purpose = text_in(from, "purpose");
  m.correlation_id = text_in(from, "correlation_id");
  m.template_name = text_in(from, "template");
  m.recipient_address = text_in(from, "recipient_address");
  if (const auto* context = from.if_contains("context")) m.context = context->as_object();
  if (const auto* channels = from.if_contains("channels"))
    for (const auto& name : channels->as_array())
      if (auto channel = parse_channel(name.as_string())) out.channels.push_back(*channel);
  return out;
}

Choice choose_asked(const Message& message, const Person& to, const std::vector<Channel>& asked,
                    const Channels& channels) {
  if (asked.empty()) return choose_channels(to, message.type, message.purpose, channels);
  Choice out;
  for (auto channel : asked) {
    auto reason = obstacle(message, to, channel, channels);
    if (reason.empty()) out.channels.push_back(channel);
    if (out.reason.empty()) out.reason = reason;
  }
  return out;
}

std::vector<Message> spread(const Message& message, const Choice& choice) {
  std::vector<Message> out;
  for (auto channel : choice.channels) {
    out.push_back(message);
    out.back().channel = channel;
    out.back().status = "pending";
    out.back().queued = true;
  }
  if (!out.empty()) return out;
  out.push_back(message);
  out.back().reason = choice.reason;
  out.back().status = choice.reason == "channel_not_configured" ? "failed" : "suppressed";
  out.back().queued = false;
  return out;
}

}  // namespace rb::notification
