#include "api/template_preview.hpp"

#include "api/compose.hpp"
#include "api/paging.hpp"
#include "api/rights.hpp"
#include "templates/check.hpp"
#include "templates/samples.hpp"

namespace rb::notification {
namespace {

// A name of the school's own has its sample data with it.
json::object sample_data(Runtime& rt, const TextKey& key) {
  if (find_notification_type(key.name) != nullptr) return templates::sample_context(key.language, key.name);
  auto out = templates::sample_context(key.language, "custom");
  auto found = rt.texts->candidates(key, rt.clock.now());
  if (found.empty() || found.front()->sample.empty()) return out;
  auto sample = json::parse(found.front()->sample);
  for (const auto& item : sample->as_object()) out[item.key()] = item.value();
  return out;
}

Result<Audience> audience_for(Runtime& rt, const PreviewRequest& in, const std::string& owner,
                              const std::string& name) {
  if (in.audience) return *in.audience;
  if (const auto* type = find_notification_type(name)) return audience_of(*type, {});
  auto audiences = rt.texts->audiences(owner, name, rt.clock.now());
  if (!audiences.empty()) return audience_of(audiences, Person{});
  if (in.source || in.title || in.body) return Audience::any;
  return invalid_sentence("template_name", "there is no template " + name);
}

}  // namespace

json::Rules rules(const PreviewRequest*) {
  using json::rule;
  return {rule("template_name").doc("a notification type; with a source it only gives the sample data"),
          rule("owner").integer_or_text().length(1, 64).doc("a tutor, whose wording is shown; a tutor's own"),
          rule("source").length(1, 100'000).doc("a Jinja2 text in place of the type's own"),
          rule("title").alias("subject_template").length(1, 500).doc("in place of the text's own"),
          rule("body").alias("body_template").length(1, 20'000).doc("in place of the text's own"),
          rule("context_data").alias("template_data").alias("context").doc("none: sample data"),
          rule("language").defaulted().one_of({"ru", "en"}),
          rule("audience").doc("none: the first the type has a text for"),
          rule("channel").defaulted()};
}

Task<Result<PreviewAnswer>> render_template(App& app, const http::Request& request, PreviewRequest in) {
  auto& rt = app.runtime();
  if (!in.template_name && !in.source && !in.body)
    co_return invalid("template_name", "is required without a source");
  auto owner = owner_for(request.who(), in.owner);
  auto name = canonical_notification_type(in.template_name.value_or("custom"));
  auto audience = audience_for(rt, in, owner, name);
  if (!audience) co_return fail(std::move(audience.error()));
  TextKey key{owner, name, *audience, in.channel, in.language};
  Message message;
  message.type = find_notification_type(name) != nullptr ? name : "custom";
  if (message.type != name) message.template_name = name;
  message.audience = *audience;
  message.context = in.context_data ? *in.context_data : sample_data(rt, key);
  if (!owner.empty() && wording_owner(message) != owner) {
    auto& tutor = message.context["tutor"];
    if (!tutor.is_object()) tutor = json::object();
    tutor.get_object()["id"] = owner;
  }
  if (!in.source && (in.title || in.body))
    in.source = source_of(key, in.title.value_or(""), in.body.value_or(""));
  auto reader = templates::sample_reader(in.language, message.audience);
  auto now = rt.clock.now();
  auto text = in.source ? rt.renderer->render_source(*in.source, message, reader, in.channel, now)
                        : rt.renderer->render(message, reader, in.channel, "", now);
  if (!text) co_return invalid_sentence(in.source ? "source" : "context_data", text.error().message);
  if (!text->problem.empty()) co_return invalid_sentence("context_data", text->problem);
  co_return PreviewAnswer{std::move(text->title), std::move(text->plain), std::move(text->html),
                          in.source ? "source" : std::move(text->text)};
}

Task<Result<ValidationAnswer>> validate_template(App& app, const http::Request& request, TextChange in) {
  auto draft = drafted(app, in, owner_for(request.who(), in.owner));
  if (!draft) co_return fail(std::move(draft.error()));
  co_return ValidationAnswer{draft->errors.empty(), std::move(draft->check.variables),
                             std::move(draft->errors), std::move(draft->warnings)};
}

}  // namespace rb::notification
