#pragma once
// A message as callers see it.
#include "json/json.hpp"
#include "store/messages.hpp"

namespace rb::notification {

struct NotificationView {
  std::string id, user_id, type, audience, priority, status;
  std::optional<std::string> channel;  // none until a planned one is due
  std::optional<std::string> reason;   // of the status
  std::string title, message;          // as sent; empty before
  Time created_at, due_at;
  std::optional<Time> sent_at, delivered_at, expires_at;
  int retry_count = 0;
  std::optional<std::string> error_message;  // of a failed one
  std::optional<std::string> template_name, correlation_id, event_id, lesson_id, student_id;
};
BOOST_DESCRIBE_STRUCT(NotificationView, (),
                      (id, user_id, type, audience, priority, status, channel, reason, title, message,
                       created_at, due_at, sent_at, delivered_at, expires_at, retry_count, error_message,
                       template_name, correlation_id, event_id, lesson_id, student_id))
json::Rules rules(const NotificationView*);

NotificationView view_of(const Message& message);

}  // namespace rb::notification
