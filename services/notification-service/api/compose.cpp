#include "api/compose.hpp"

#include <algorithm>

#include "api/paging.hpp"
#include "base/strings.hpp"
#include "channels/webhook.hpp"
#include "domain/draft.hpp"
#include "domain/wording/html.hpp"
#include "json/json.hpp"
#include "mail/address.hpp"

namespace rb::notification {
namespace {

// What gives the message its name, and its text.
struct Types {
  const TypeInfo* type;
  std::string text;                 // a type, or a name of the school's own
  std::vector<Audience> audiences;  // that there are texts for
};

std::vector<Audience> audiences_of(const TypeInfo& type) {
  std::vector<Audience> out;
  for (const auto& name : split(type.audiences, ' '))
    out.push_back(parse_audience(name).value_or(Audience::any));
  return out;
}

Result<Types> types_of(const SendRequest& in, const Composing& by) {
  auto name = canonical_notification_type(in.type.value_or(in.template_name.value_or("custom")));
  const auto* type = find_notification_type(name);
  if (type == nullptr && in.type) return invalid_sentence("type", name + " is not a notification type");
  auto text = in.template_name ? canonical_notification_type(*in.template_name) : name;
  if (!in.template_name && (in.message || in.html_message)) text = "custom";
  if (type == nullptr) type = find_notification_type("custom");
  if (const auto* known = find_notification_type(text)) return Types{type, text, audiences_of(*known)};
  auto audiences =
      by.texts != nullptr ? by.texts->audiences(by.tutor, text, by.now) : std::vector<Audience>();
  if (audiences.empty()) return invalid_sentence("template_name", "there is no template " + text);
  return Types{type, text, std::move(audiences)};
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
  if (channels.front() == Channel::inbox) return invalid("recipient_address", "is of no use to the inbox");
  if (channels.front() == Channel::webhook) {
    auto url = check_webhook_url(*in.recipient_address, false);
    return url ? Result<void>() : invalid_sentence("recipient_address", url.error().message);
  }
  auto digits = std::string_view(*in.recipient_address);
  if (digits.starts_with('-')) digits.remove_prefix(1);
  return all_digits(digits) ? Result<void>()
                            : invalid("recipient_address", "must be the number of a Telegram chat");
}

Message message_of(const SendRequest& in, const Types& types, const Person& to, const Composing& by) {
  auto now = by.now;
  Message out;
  out.user_id = to.id;
  out.type = types.type->type;
  out.audience = audience_of(types.audiences, to);
  out.priority = in.priority.value_or(types.type->priority);
  if (types.text != types.type->type) out.template_name = types.text;
  out.recipient_address = in.recipient_address.value_or("");
  out.purpose = in.purpose;
  out.correlation_id = in.correlation_id;
  out.context = context_of(in);
  if (in.language) out.context["language"] = *in.language;
  if (!by.tutor.empty() && !out.context.contains("tutor")) out.context["tutor"] = {{"id", by.tutor}};
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
    // The caller has asked for this text; a message of some type goes out by the built-in one.
    if (!message.template_name.empty() && !text->problem.empty())
      return invalid_sentence("context_data", text->problem);
  }
  return {};
}

// A text with a name of its own says what it is to be called with.
Result<void> check_sample(const Message& message, const Person& to, const Composing& by) {
  if (by.texts == nullptr || message.template_name.empty()) return {};
  TextKey key{wording_owner(message), message.template_name, message.audience, {}, to.language};
  for (const auto* text : by.texts->candidates(key, by.now)) {
    auto sample = json::parse(text->sample.empty() ? "{}" : text->sample);
    for (const auto& [name, value] : sample->as_object())
      if (!value.is_null() && !message.context.contains(name))
        return invalid_sentence("context_data", message.template_name + " needs " + std::string(name));
    break;
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
  return audience_of(audiences_of(type), reader);
}

Audience audience_of(const std::vector<Audience>& audiences, const Person& reader) {
  std::optional<Audience> fallback;
  for (auto audience : audiences) {
    if (audience != Audience::any && reader.is(audience)) return audience;
    if (!fallback || audience == Audience::any) fallback = audience;
  }
  return fallback.value_or(Audience::any);
}

Result<Composed> compose(const SendRequest& in, const Person& to, const Composing& by) {
  auto types = types_of(in, by);
  if (!types) return fail(std::move(types.error()));
  auto wish = wished(in);
  if (auto fits = check_address(in, wish); !fits) return fail(std::move(fits.error()));
  auto message = message_of(in, *types, to, by);
  if (types->text == "custom" && !message.context.contains("message"))
    return invalid("message", "is required");
  if (auto fits = check_sample(message, to, by); !fits) return fail(std::move(fits.error()));
  if (auto renders = try_texts(message, to, wish, by); !renders) return fail(std::move(renders.error()));

  auto files = read_files(in.attachments);
  if (!files) return fail(std::move(files.error()));

  Composed out;
  if (!files->empty()) {
    out.files = FileSet{by.new_id(), to.id, std::move(*files)};
    message.attachments = out.files->id;
  }
  if (message.status == "scheduled") {  // whether it may go out is looked at then
    if (wish.empty()) out.messages.push_back(one(message, std::nullopt, by));
    for (auto channel : wish) out.messages.push_back(one(message, channel, by));
    for (auto& each : out.messages) each.origin = "schedule:" + out.messages.front().id;
    return out;
  }
  auto choice = choose_asked(message, to, wish, by.channels);
  if (choice.channels.empty()) {
    out.refused = choice.reason;
    out.files.reset();
    message.attachments.clear();
  }
  for (auto& each : spread(message, choice)) {
    auto channel = each.channel;
    out.messages.push_back(one(std::move(each), channel, by));
  }
  return out;
}

}  // namespace rb::notification
