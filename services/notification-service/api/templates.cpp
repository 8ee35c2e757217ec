#include "api/templates.hpp"

#include "api/compose.hpp"
#include "api/paging.hpp"
#include "base/strings.hpp"
#include "templates/catalog.hpp"

namespace rb::notification {
namespace {

TemplateView view_of(const TypeInfo& type) {
  TemplateView out;
  out.name = type.type;
  out.title = {std::string(type.title_ru), std::string(type.title_en)};
  out.audiences = split(type.audiences, ' ');
  out.default_channels = {Channel::telegram, Channel::email};
  if (type.optional) out.switched_off_by = out.audiences;
  out.priority = to_string(type.priority);
  for (const auto* language : {"ru", "en"})
    if (templates::file(std::string(language) + "/" + out.name + "." + out.audiences.front() + ".html"))
      out.languages.emplace_back(language);
  return out;
}

json::object sample(const std::string& language, const std::string& name) {
  auto text = templates::file("samples/" + language + "/" + name + ".json");
  auto value = text ? json::parse(*text) : json::value(json::object());
  return value ? value->as_object() : json::object();
}

// What everybody's message may show, and what this type adds.
json::object sample_context(const std::string& language, const std::string& type) {
  auto out = sample(language, "common");
  for (const auto* own : {"now", "recipients", "school_name"}) out.erase(own);
  for (const auto& item : sample(language, type)) out[item.key()] = item.value();
  return out;
}

Person sample_reader(const std::string& language, Audience audience) {
  Person out;
  out.language = language;
  auto common = sample(language, "common");
  const auto& reader = common.at("recipients").at(to_string(audience));
  out.full_name = reader.at("name").as_string();
  out.address_form = reader.at("address_form").as_string();
  out.timezone = reader.at("timezone").as_string();
  return out;
}

}  // namespace

json::Rules rules(const PreviewRequest*) {
  using json::rule;
  return {rule("template_name").doc("a notification type; with a source it only gives the sample data"),
          rule("source").length(1, 100'000).doc("a Jinja2 text in place of the type's own"),
          rule("context_data").alias("template_data").alias("context").doc("none: sample data"),
          rule("language").defaulted().one_of({"ru", "en"}),
          rule("audience").doc("none: the first the type has a text for"),
          rule("channel").defaulted()};
}

Task<Result<TemplatesAnswer>> list_templates(App&) {
  TemplatesAnswer out;
  for (const auto& type : notification_types()) out.items.push_back(view_of(type));
  out.templates = out.items;
  co_return out;
}

Task<Result<PreviewAnswer>> render_template(App& app, PreviewRequest in) {
  if (!in.template_name && !in.source) co_return invalid("template_name", "is required without a source");
  auto name = canonical_notification_type(in.template_name.value_or("custom"));
  const auto* type = find_notification_type(name);
  if (type == nullptr) co_return invalid_sentence("template_name", "there is no template " + name);
  Message message;
  message.type = name;
  message.audience = in.audience.value_or(audience_of(*type, {}));
  message.context = in.context_data ? *in.context_data : sample_context(in.language, name);
  auto reader = sample_reader(in.language, message.audience);
  const auto& rt = app.runtime();
  auto text = in.source ? rt.renderer->render_source(*in.source, message, reader, in.channel, rt.clock.now())
                        : rt.renderer->render(message, reader, in.channel, "", rt.clock.now());
  if (!text) co_return invalid_sentence(in.source ? "source" : "context_data", text.error().message);
  co_return PreviewAnswer{std::move(text->title), std::move(text->plain), std::move(text->html)};
}

}  // namespace rb::notification
