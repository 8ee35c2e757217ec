#include "api/compose.hpp"

#include <algorithm>

#include "api/paging.hpp"
#include "base/strings.hpp"
#include "domain/wording/html.hpp"
#include "mail/address.hpp"

namespace rb::notification {
namespace {

// The types that give the message its name and its text.
struct Types {
  const TypeInfo* type;
  const TypeInfo* text;
};

Result<Types> types_of(const SendRequest& in) {
  auto name = canonical_notification_type(in.type.value_or(in.template_name.value_or("custom")));
  const auto* type = find_notification_type(name);
  if (type == nullptr && in.type) return invalid_sentence("type", name + " is not a notification type");
  auto text_name = in.template_name ? canonical_notification_type(*in.template_name) : name;
  if (!in.template_name && (in.message || in.html_message)) text_name = "custom";
  const auto* text = find_notification_type(text_name);
  if (text == nullptr) return invalid_sentence("template_name", "there is no template " + text_name);
  return Types{type, text};
}

json::object context_of(const SendRequest& in) {
  auto out = in.context_data;
  auto add = [&](std::string_view name, const std::optional<std::string>& value) {
    if (value && !out.contains(name)) out[name] = *value;
  };
  add("title", in.title);
  add("message", in.message);
  if (in.html_message) add("message", html_to_text(*in.html_message));
  return out;
}

std::vector<Channel> wished(const SendRequest& in) {
  auto out = in.channels;
  if (in.channel) out.push_back(*in.channel);
  std::ranges::sort(out);
  auto tail = std::ranges::unique(out);
  out.erase(tail.begin(), tail.end());
  return out;
}

Result<void> check_address(const SendRequest& in, const std::vector<Channel>& channels) {
  if (!in.recipient_address) return {};
  if (channels.size() != 1) return invalid("recipient_address", "needs one channel");
  if (channels.front() == Channel::email) {
    auto address = mail::normalise_address(*in.recipient_address);
    return address ? Result<void>() : invalid_sentence("recipient_address", address.error().message);
  }
  auto digits = std::string_view(*in.recipient_address);
  if (digits.starts_with('-')) digits.remove_prefix(1);
  bool number = !digits.empty() && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return number ? Result<void>() : invalid("recipient_address", "must be the number of a Telegram chat");
}

// Why a channel the caller insists on cannot be used; "" when it can.
std::string obstacle(const Message& message, const Person& to, Channel channel, const Channels& channels) {
  if (auto reason = veto(to, message.type, message.purpose, channel); !reason.empty()) return reason;
  auto reach = channels.of(channel);
  if (reach == Reach::nobody) return "channel_not_configured";
  const auto* address = to.address(channel);
  if (!message.recipient_address.empty() || (address == nullptr && reach != Reach::addressed)) return {};
  if (address == nullptr) return "no_address";
  return address->suspended ? "address_suspended" : "";
}

Choice choose(const Message& message, const Person& to, const std::vector<Channel>& wish,
              const Channels& channels) {
  if (wish.empty()) return choose_channels(to, message.type, message.purpose, channels);
  Choice out;
  for (auto channel : wish) {
    auto reason = obstacle(message, to, channel, channels);
    if (reason.empty()) out.channels.push_back(channel);
    if (out.reason.empty()) out.reason = reason;
  }
  return out;
}

Message message_of(const SendRequest& in, const Types& types, const Person& to, Time now) {
  Message out;
  out.user_id = to.id;
  out.type = types.type->type;
  out.audience = audience_of(*types.text, to);
  out.priority = in.priority.value_or(types.type->priority);
  if (types.text != types.type) out.template_name = types.text->type;
  out.recipient_address = in.recipient_address.value_or("");
  out.purpose = in.purpose;
  out.correlation_id = in.correlation_id;
  out.context = context_of(in);
  if (in.language) out.context["language"] = *in.language;
  out.created = out.event_at = now;
  bool later = in.scheduled_at && *in.scheduled_at > now;
  out.due = later ? *in.scheduled_at : now;
  out.status = later ? "scheduled" : "pending";
  out.queued = !later;
  return out;
}

Result<void> try_texts(const Message& message, const Person& to, std::vector<Channel> channels,
                       const Composing& by) {
  if (channels.empty()) channels = {Channel::telegram, Channel::email};
  for (auto channel : channels) {
    auto text = by.renderer.render(message, to, channel, "", by.now);
    if (!text) return invalid_sentence("context_data", text.error().message);
  }
  return {};
}

Message one(Message message, std::optional<Channel> channel, const Composing& by) {
  message.id = by.new_id();
  message.key = "send:" + message.id;
  message.channel = channel;
  return message;
}

}  // namespace

Audience audience_of(const TypeInfo& type, const Person& reader) {
  std::optional<Audience> fallback;
  for (const auto& name : split(type.audiences, ' ')) {
    auto audience = parse_audience(name).value_or(Audience::any);
    if (audience != Audience::any && reader.is(audience)) return audience;
    if (!fallback || audience == Audience::any) fallback = audience;
  }
  return *fallback;
}

Result<Composed> compose(const SendRequest& in, const Person& to, const Composing& by) {
  auto types = types_of(in);
  if (!types) return fail(std::move(types.error()));
  auto wish = wished(in);
  if (auto fits = check_address(in, wish); !fits) return fail(std::move(fits.error()));
  auto message = message_of(in, *types, to, by.now);
  if (types->text->type == "custom" && !message.context.contains("message"))
    return invalid("message", "is required");
  if (auto renders = try_texts(message, to, wish, by); !renders) return fail(std::move(renders.error()));

  Composed out;
  if (message.status == "scheduled") {  // whether it may go out is looked at then
    if (wish.empty()) out.messages.push_back(one(message, std::nullopt, by));
    for (auto channel : wish) out.messages.push_back(one(message, channel, by));
    return out;
  }
  auto choice = choose(message, to, wish, by.channels);
  for (auto channel : choice.channels) out.messages.push_back(one(message, channel, by));
  if (!out.messages.empty()) return out;
  out.refused = message.reason = choice.reason;
  message.status = choice.reason == "channel_not_configured" ? "failed" : "suppressed";
  message.queued = false;
  out.messages.push_back(one(std::move(message), std::nullopt, by));
  return out;
}

}  // namespace rb::notification
