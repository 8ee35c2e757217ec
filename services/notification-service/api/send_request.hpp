#pragma once
// What a caller may say of one notification, in both of the shapes that older clients use.
#include "api/described.hpp"
#include "domain/attachments.hpp"
#include "json/json.hpp"

namespace rb::notification {

BOOST_DESCRIBE_STRUCT(GivenFile, (), (filename, content_type, content))
json::Rules rules(const GivenFile*);

struct SendRequest {
  std::string user_id;
  std::optional<std::string> type;
  std::optional<Channel> channel;
  std::vector<Channel> channels;
  std::optional<std::string> recipient_address;
  std::optional<std::string> title, message, html_message;
  std::optional<std::string> template_name;
  json::object context_data;
  std::optional<std::string> language;
  std::optional<Priority> priority;
  std::optional<Time> scheduled_at;
  std::string correlation_id;
  std::string purpose = "service";
  std::vector<GivenFile> attachments;
};
BOOST_DESCRIBE_STRUCT(SendRequest, (),
                      (user_id, type, channel, channels, recipient_address, title, message, html_message,
                       template_name, context_data, language, priority, scheduled_at, correlation_id, purpose,
                       attachments))
json::Rules rules(const SendRequest*);

}  // namespace rb::notification
