#pragma once
// The texts of notifications: which there are, and their versions.
#include "api/app.hpp"
#include "api/template_view.hpp"

namespace rb::notification {

struct TemplateTitle {
  std::string ru, en;
};
BOOST_DESCRIBE_STRUCT(TemplateTitle, (), (ru, en))

struct TemplateView {
  std::string name;  // of the notification type, or a name of the school's own
  TemplateTitle title;
  bool custom = false;  // no notification type: for `template_name` of what is sent
  std::vector<std::string> audiences;
  std::vector<Channel> default_channels;     // the first that reaches the person is used
  std::vector<std::string> switched_off_by;  // the audiences that may switch it off
  std::string priority = "normal";
  std::vector<std::string> languages;
  bool edited = false;          // by the school or the tutor whose texts these are
  std::vector<TextView> texts;  // one for each audience and language, and what was written in its place
};
BOOST_DESCRIBE_STRUCT(TemplateView, (),
                      (name, title, custom, audiences, default_channels, switched_off_by, priority, languages,
                       edited, texts))

struct TemplatesRequest {
  std::optional<std::string> owner;
};
BOOST_DESCRIBE_STRUCT(TemplatesRequest, (), (owner))
json::Rules rules(const TemplatesRequest*);

struct TemplatesAnswer {
  std::vector<TemplateView> items;
  std::vector<TemplateView> templates;  // the same under the name that older clients read
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(TemplatesAnswer, (), (items, templates, next_cursor))

Task<Result<TemplatesAnswer>> list_templates(App& app, const http::Request& request, TemplatesRequest in);

struct TemplateRequest {
  std::string name;
  std::optional<std::string> owner;
  std::optional<Audience> audience;
  std::optional<std::string> channel, language;
};
BOOST_DESCRIBE_STRUCT(TemplateRequest, (), (name, owner, audience, channel, language))
json::Rules rules(const TemplateRequest*);

struct VariableView {
  std::string name;
  TemplateTitle meaning;
};
BOOST_DESCRIBE_STRUCT(VariableView, (), (name, meaning))

// The texts come with their sources, the built-in ones also where another is in their place.
struct TemplateAnswer : TemplateView {
  std::vector<VariableView> variables;
};
BOOST_DESCRIBE_STRUCT(TemplateAnswer, (TemplateView), (variables))

// Errc::not_found: neither a type nor a name of the school's own.
Task<Result<TemplateAnswer>> get_template(App& app, const http::Request& request, TemplateRequest in);

struct VersionsRequest : TemplateRequest {
  int limit = 50;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(VersionsRequest, (TemplateRequest), (limit, cursor))
json::Rules rules(const VersionsRequest*);

struct VersionsAnswer {
  std::vector<TextView> items;  // newest first
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(VersionsAnswer, (), (items, next_cursor))

Task<Result<VersionsAnswer>> list_template_versions(App& app, const http::Request& request,
                                                    VersionsRequest in);

}  // namespace rb::notification
