#include "templates/engine.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "domain/members.hpp"
#include "domain/wording/functions.hpp"
#include "domain/wording/html.hpp"
#include "templates/catalog.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

jinja::Environment::Loader loader() {
  return [](std::string_view name) -> std::optional<std::string> {
    auto source = templates::file(name);
    if (!source) return std::nullopt;
    return std::string(*source);
  };
}

jinja::Options options() {
  jinja::Options out;
  out.autoescape = true;
  out.trim_blocks = true;
  out.lstrip_blocks = true;
  out.undefined = jinja::Options::Undefined::strict;
  return out;
}

// A render stays on the loop: the worst of these takes some hundredths of a second.
jinja::Options options_of_people() {
  auto out = options();
  out.undefined = jinja::Options::Undefined::lenient;
  out.limits.template_bytes = 64 * 1024;
  out.limits.output_bytes = 256 * 1024;
  out.limits.steps = 100'000;
  out.limits.memory_bytes = 16 * 1024 * 1024;
  out.limits.depth = 100;
  out.limits.time = std::chrono::milliseconds(500);
  return out;
}

bj::object recipient_context(const Person& person, Audience audience) {
  auto role = audience;
  if (role == Audience::any && !person.roles.empty()) role = person.roles.front();
  bj::object out;
  out["id"] = person.id;
  out["name"] = person.full_name;
  out["first_name"] = person.first_name();
  out["address_form"] = person.address_form.empty() ? "вы" : person.address_form;
  out["language"] = person.language;
  out["timezone"] = person.timezone;
  out["role"] = role == Audience::any ? "student" : to_string(role);
  return out;
}

// A reminder says how long it is until the lesson at the moment it goes out, not at the moment it was
// planned.
void add_minutes_until(bj::object& context, Time now) {
  auto start = moment_in(object_in(context, "lesson"), "start_time");
  if (!start || *start <= now) return;
  context["lesson"].get_object()["minutes_until"] =
      std::chrono::ceil<std::chrono::minutes>(*start - now).count();
}

void add_attached(bj::object& context, const Message& message) {
  auto* report = context.if_contains("report");
  if (!message.attachments.empty() && report != nullptr && report->is_object())
    report->get_object()["attached"] = true;
}

// Inbox and webhook have the form of an app.
const char* layout_of(Channel channel) {
  if (channel == Channel::telegram) return "layout/telegram.html";
  if (channel == Channel::email) return "layout/email.html";
  return "layout/inbox.html";
}

}  // namespace

TextEngine::TextEngine(std::string school_name, const Clock& clock)
    : school_name_(std::move(school_name)),
      program_(options(), loader()),
      people_(options_of_people(), loader()) {
  add_message_functions(program_, clock);
  add_message_functions(people_, clock);
}

bj::object TextEngine::context(const Message& message, const Person& reader, Time now) const {
  auto context = message.context;
  add_minutes_until(context, now);
  add_attached(context, message);
  context["recipient"] = recipient_context(reader, message.audience);
  context["audience"] = to_string(message.audience);
  if (!school_name_.empty()) context["school_name"] = school_name_;
  return context;
}

auto TextEngine::compile(By by, const std::string& name, std::string_view source) const
    -> Outcome<jinja::Template> {
  return environment(by).compile(name, source);
}

auto TextEngine::run(By by, const jinja::Template& text, const bj::object& context,
                     const Person& reader) const -> Outcome<std::string> {
  auto values = jinja::Value::parse_json(bj::serialize(context));
  if (!values)
    return std::unexpected(jinja::TemplateError{jinja::ErrorKind::value, std::string(text.name()), 0,
                                                std::move(values.error().message)});
  return environment(by).render(text, *values, {reader.language, reader.timezone});
}

auto TextEngine::form(By by, const jinja::Template& text, bj::object context, const Person& reader,
                      const char* layout) const -> Outcome<std::string> {
  context["layout"] = layout;
  return run(by, text, context, reader);
}

auto TextEngine::forms(By by, const jinja::Template& text, const bj::object& context, const Person& reader,
                       Channel channel) const -> Outcome<Rendered> {
  auto title = form(by, text, context, reader, "layout/subject.txt");
  if (!title) return std::unexpected(std::move(title.error()));
  auto html = form(by, text, context, reader, layout_of(channel));
  if (!html) return std::unexpected(std::move(html.error()));
  auto plain =
      channel == Channel::email ? form(by, text, context, reader, "layout/email.txt") : html_to_text(*html);
  if (!plain) return std::unexpected(std::move(plain.error()));
  return Rendered{std::move(*title), std::move(*html), std::move(*plain)};
}

Person reader_of(const Message& message, Person person) {
  if (auto language = text_in(message.context, "language"); !language.empty())
    person.language = std::move(language);
  return person;
}

std::string name_of(const TextKey& key) {
  auto out = fmt::format("{} ({}, ", key.name, to_string(key.audience));
  if (key.channel) out += fmt::format("{}, ", to_string(*key.channel));
  out += key.language + ")";
  return key.owner.empty() ? out : out + " of tutor " + key.owner;
}

}  // namespace rb::notification
