#pragma once
// Looking at a text before it is sent or kept.
#include "api/template_changes.hpp"

namespace rb::notification {

struct PreviewRequest {
  std::optional<std::string> template_name;
  std::optional<std::string> owner;
  std::optional<std::string> source, title, body;
  std::optional<json::object> context_data;
  std::string language = "ru";
  std::optional<Audience> audience;
  Channel channel = Channel::email;
};
BOOST_DESCRIBE_STRUCT(PreviewRequest, (),
                      (template_name, owner, source, title, body, context_data, language, audience, channel))
json::Rules rules(const PreviewRequest*);

struct PreviewAnswer {
  std::string subject, body, html_body;
  std::string text;  // which text it is
};
BOOST_DESCRIBE_STRUCT(PreviewAnswer, (), (subject, body, html_body, text))

// Errc::invalid: no such template, or the engine's sentence with the line.
Task<Result<PreviewAnswer>> render_template(App& app, const http::Request& request, PreviewRequest in);

struct ValidationAnswer {
  bool valid = true;
  std::vector<std::string> variables;  // the text mentions
  std::vector<TextProblemView> errors, warnings;
};
BOOST_DESCRIBE_STRUCT(ValidationAnswer, (), (valid, variables, errors, warnings))

// What keeping the text would say; nothing is kept.
Task<Result<ValidationAnswer>> validate_template(App& app, const http::Request& request, TextChange in);

}  // namespace rb::notification
