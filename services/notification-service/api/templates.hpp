#pragma once
// The texts of notifications: what there is, and previews.
#include "api/app.hpp"
#include "api/described.hpp"
#include "json/json.hpp"

namespace rb::notification {

struct TemplateTitle {
  std::string ru, en;
};
BOOST_DESCRIBE_STRUCT(TemplateTitle, (), (ru, en))

struct TemplateView {
  std::string name;  // of the notification type
  TemplateTitle title;
  std::vector<std::string> audiences;
  std::vector<Channel> default_channels;     // the first that reaches the person is used
  std::vector<std::string> switched_off_by;  // the audiences that may switch it off
  std::string priority;
  std::vector<std::string> languages;
};
BOOST_DESCRIBE_STRUCT(TemplateView, (),
                      (name, title, audiences, default_channels, switched_off_by, priority, languages))

struct TemplatesAnswer {
  std::vector<TemplateView> items;
  std::vector<TemplateView> templates;  // the same under the name that older clients read
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(TemplatesAnswer, (), (items, templates, next_cursor))

Task<Result<TemplatesAnswer>> list_templates(App& app);

struct PreviewRequest {
  std::optional<std::string> template_name;
  std::optional<std::string> source;
  std::optional<json::object> context_data;
  std::string language = "ru";
  std::optional<Audience> audience;
  Channel channel = Channel::email;
};
BOOST_DESCRIBE_STRUCT(PreviewRequest, (), (template_name, source, context_data, language, audience, channel))
json::Rules rules(const PreviewRequest*);

struct PreviewAnswer {
  std::string subject, body, html_body;
};
BOOST_DESCRIBE_STRUCT(PreviewAnswer, (), (subject, body, html_body))

// Errc::invalid: no such template, or the engine's sentence with the line.
Task<Result<PreviewAnswer>> render_template(App& app, PreviewRequest in);

}  // namespace rb::notification
