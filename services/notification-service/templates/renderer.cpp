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
    auto path = templates::find(type, to_string(message.audience), recipient.language);
    if (!path) return fail(Errc::invalid, "there is no template for " + type);
    auto compiled = environment_.compile(*path, *templates::file(*path));
    if (!compiled) return fail(Errc::invalid, jinja::explain(compiled.error(), "en"));

    auto context = message.context;
    add_minutes_until(context, now);
    context["recipient"] = recipient_context(recipient, message.audience);
    context["audience"] = to_string(message.audience);
    if (!settings_.school_name.empty()) context["school_name"] = settings_.school_name;
    if (!unsubscribe_url.empty()) context["unsubscribe_url"] = unsubscribe_url;

    Rendered out;
    auto form = [&](const char* layout) {
      context["layout"] = layout;
      return run(environment_, *compiled, context, recipient);
    };
    auto title = form("layout/subject.txt");
    if (!title) return fail(std::move(title.error()));
    out.title = std::move(*title);
    auto html = form(channel == Channel::telegram ? "layout/telegram.html" : "layout/email.html");
    if (!html) return fail(std::move(html.error()));
    out.html = std::move(*html);
    if (channel == Channel::telegram) {
      out.plain = html_to_text(out.html);
      return out;
    }
    auto plain = form("layout/email.txt");
    if (!plain) return fail(std::move(plain.error()));
    out.plain = std::move(*plain);
    return out;
  }

 private:
  RenderSettings settings_;
  jinja::Environment environment_;
};

}  // namespace

std::unique_ptr<Renderer> make_renderer(RenderSettings settings, const Clock& clock) {
  return std::make_unique<TextRenderer>(std::move(settings), clock);
}

}  // namespace rb::notification
