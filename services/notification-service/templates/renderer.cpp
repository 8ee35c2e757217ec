#include "templates/renderer.hpp"

#include <boost/json/serialize.hpp>

#include "domain/wording/functions.hpp"
#include "domain/wording/html.hpp"
#include "jinja/jinja.hpp"
#include "templates/catalog.hpp"
#include "time/iso.hpp"

namespace rb::notification {

namespace json = boost::json;

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

json::object recipient_context(const Person& person, Audience audience) {
  auto role = audience;
  if (role == Audience::any && !person.roles.empty()) role = person.roles.front();
  json::object out;
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
void add_minutes_until(json::object& context, Time now) {
  auto* lesson = context.if_contains("lesson");
  if (lesson == nullptr || !lesson->is_object()) return;
  const auto* start = lesson->get_object().if_contains("start_time");
  if (start == nullptr || !start->is_string()) return;
  auto when = parse_iso(std::string_view(start->get_string()), Zone::utc());
  if (!when || *when <= now) return;
  lesson->get_object()["minutes_until"] = std::chrono::ceil<std::chrono::minutes>(*when - now).count();
}

Result<std::string> run(const jinja::Environment& environment, const jinja::Template& text,
                        const json::object& context, const Person& reader) {
  auto values = jinja::Value::parse_json(json::serialize(context));
  if (!values) return fail(std::move(values.error()));
  auto out = environment.render(text, *values, {reader.language, reader.timezone});
  if (!out) return fail(Errc::invalid, jinja::explain(out.error(), "en"));
  return std::move(*out);
}

class TextRenderer final : public Renderer {
 public:
  TextRenderer(RenderSettings settings, const Clock& clock)
      : settings_(std::move(settings)), environment_(options(), loader()) {
    add_message_functions(environment_, clock);
  }

  Result<Rendered> render(const Message& message, const Person& recipient, Channel channel,
                          const std::string& unsubscribe_url, Time now) const override {
    auto type = message.template_name.empty() ? message.type : message.template_name;
    auto reader = reader_of(message, recipient);
    auto path = templates::find(type, to_string(message.audience), reader.language);
    if (!path) return fail(Errc::invalid, "there is no template for " + type);
    auto compiled = compile(*path, *templates::file(*path));
    if (!compiled) return fail(std::move(compiled.error()));
    auto context = context_of(message, reader, now);
    if (!unsubscribe_url.empty()) context["unsubscribe_url"] = unsubscribe_url;
    return forms(*compiled, std::move(context), reader, channel);
  }

  Result<Rendered> render_source(const std::string& source, const Message& message, const Person& recipient,
                                 Channel channel, Time now) const override {
    auto reader = reader_of(message, recipient);
    auto compiled = compile("template", source);
    if (!compiled) return fail(std::move(compiled.error()));
    auto context = context_of(message, reader, now);
    if (source.find("{% extends") != std::string::npos)
      return forms(*compiled, std::move(context), reader, channel);
    auto html = run(environment_, *compiled, context, reader);
    if (!html) return fail(std::move(html.error()));
    Rendered out;
    out.html = std::move(*html);
    out.plain = html_to_text(out.html);
    out.title = out.plain.substr(0, out.plain.find('\n'));
    return out;
  }

 private:
  // A caller may ask for one message in another language.
  static Person reader_of(const Message& message, Person person) {
    if (const auto* language = message.context.if_contains("language"); language && language->is_string())
      person.language = language->get_string();
    return person;
  }

  Result<jinja::Template> compile(const std::string& name, std::string_view source) const {
    auto compiled = environment_.compile(name, source);
    if (!compiled) return fail(Errc::invalid, jinja::explain(compiled.error(), "en"));
    return std::move(*compiled);
  }

  json::object context_of(const Message& message, const Person& reader, Time now) const {
    auto context = message.context;
    add_minutes_until(context, now);
    context["recipient"] = recipient_context(reader, message.audience);
    context["audience"] = to_string(message.audience);
    if (!settings_.school_name.empty()) context["school_name"] = settings_.school_name;
    return context;
  }

  // The text in the layouts of its channel.
  Result<Rendered> forms(const jinja::Template& text, json::object context, const Person& reader,
                         Channel channel) const {
    auto form = [&](const char* layout) {
      context["layout"] = layout;
      return run(environment_, text, context, reader);
    };
    bool telegram = channel == Channel::telegram;
    auto title = form("layout/subject.txt");
    if (!title) return fail(std::move(title.error()));
    auto html = form(telegram ? "layout/telegram.html" : "layout/email.html");
    if (!html) return fail(std::move(html.error()));
    auto plain = telegram ? html_to_text(*html) : form("layout/email.txt");
    if (!plain) return fail(std::move(plain.error()));
    return Rendered{std::move(*title), std::move(*html), std::move(*plain)};
  }

  RenderSettings settings_;
  jinja::Environment environment_;
};

}  // namespace

std::unique_ptr<Renderer> make_renderer(RenderSettings settings, const Clock& clock) {
  return std::make_unique<TextRenderer>(std::move(settings), clock);
}

}  // namespace rb::notification
