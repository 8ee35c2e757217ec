#pragma once
// What a caller may say of one notification, in both of the shapes that older clients use.
#include "api/described.hpp"
#include "domain/attachments.hpp"
#include "json/json.hpp"

namespace rb::notification {

BOOST_DESCRIBE_STRUCT(GivenFile, (), (filename, content_type, content))
json::Rules rules(const GivenFile*);

// What is sent, whoever gets it.
struct TextRequest {
  std::optional<std::string> type;
  std::optional<Channel> channel;
  std::vector<Channel> channels;
  std::optional<std::string> title, message, html_message;
  std::optional<std::string> template_name;
  json::object context_data;
  std::optional<std::string> language;
  std::optional<Priority> priority;
  std::string correlation_id;
  std::string purpose = "service";
};
BOOST_DESCRIBE_STRUCT(TextRequest, (),
                      (type, channel, channels, title, message, html_message, template_name, context_data,
                       language, priority, correlation_id, purpose))
json::Rules rules(const TextRequest*);

struct SendRequest : TextRequest {
  std::string user_id;
  std::optional<std::string> recipient_address;
  std::optional<Time> scheduled_at;
  std::vector<GivenFile> attachments;
};
BOOST_DESCRIBE_STRUCT(SendRequest, (TextRequest), (user_id, recipient_address, scheduled_at, attachments))
json::Rules rules(const SendRequest*);

// The rules of a request and those of what it is made of.
json::Rules with_text_rules(json::Rules own);
json::Rule attachments_rule();

}  // namespace rb::notification
