#include "api/notification_view.hpp"

#include <algorithm>

namespace rb::notification {
namespace {

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

json::Rules rules(const NotificationView*) {
  return {json::rule("user_id").integer_or_text(), json::rule("event_id").integer_or_text(),
          json::rule("lesson_id").integer_or_text(), json::rule("student_id").integer_or_text()};
}

NotificationView view_of(const Message& message) {
  NotificationView out;
  out.id = message.id;
  out.user_id = message.user_id;
  out.type = message.type;
  out.audience = to_string(message.audience);
  out.priority = to_string(message.priority);
  out.status = message.status;
  if (message.channel) out.channel = to_string(*message.channel);
  out.reason = unless_empty(message.reason);
  out.title = message.title;
  out.message = message.body;
  out.created_at = message.created;
  out.due_at = message.due;
  out.sent_at = message.sent;
  if (message.status == "delivered") out.delivered_at = message.sent;
  out.expires_at = message.expires;
  out.retry_count = std::max(0, message.attempts - 1);
  if (message.status == "failed") out.error_message = out.reason;
  out.template_name = unless_empty(message.template_name);
  out.correlation_id = unless_empty(message.correlation_id);
  out.event_id = unless_empty(message.event_id);
  out.lesson_id = unless_empty(message.lesson_id);
  out.student_id = unless_empty(message.student_id);
  return out;
}

}  // namespace rb::notification
