#include "store/message_row.hpp"

#include "store/rows.hpp"

namespace rb::notification {
namespace {

// What every query on messages selects.
Message common(const db::Rows& rows, std::size_t i) {
  Message m;
  m.id = rows.text(i, "id");
  m.key = rows.text(i, "message_key");
  m.event_source = rows.text(i, "event_source");
  m.event_id = rows.text(i, "event_id");
  m.user_id = rows.text(i, "user_id");
  m.type = rows.text(i, "type");
  m.audience = parse_audience(rows.text(i, "audience")).value_or(Audience::any);
  m.channel = parse_channel(rows.text(i, "channel"));
  m.priority = static_cast<Priority>(rows.integer(i, "priority"));
  m.due = rows.time(i, "due_at");
  m.expires = rows.maybe_time(i, "expires_at");
  m.attempts = static_cast<int>(rows.integer(i, "attempts"));
  m.lesson_id = rows.text(i, "lesson_id");
  m.student_id = rows.text(i, "student_id");
  m.purpose = rows.text(i, "purpose");
  m.correlation_id = rows.text(i, "correlation_id");
  m.template_name = rows.text(i, "template");
  m.created = rows.time(i, "created_at");
  m.event_at = rows.time(i, "event_at");
  return m;
}

}  // namespace

Message message_from(const db::Rows& rows, std::size_t i) {
  auto m = common(rows, i);
  m.status = rows.text(i, "status");
  m.reason = rows.text(i, "reason");
  m.title = rows.text(i, "title");
  m.body = rows.text(i, "body");
  m.provider_id = rows.text(i, "provider_id");
  m.sent = rows.maybe_time(i, "sent_at");
  return m;
}

std::vector<Message> claimed_messages(const db::Rows& rows) {
  std::vector<Message> out;
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto m = common(rows, i);
    m.status = "sending";
    m.unanswered = static_cast<int>(rows.integer(i, "unanswered"));
    m.recipient_address = rows.text(i, "recipient_address");
    m.attachments = rows.text(i, "attachments");
    m.parts_sent = static_cast<int>(rows.integer(i, "parts_sent"));
    m.origin = rows.text(i, "origin");
    m.context = read_json_object(rows.text(i, "context"));
    out.push_back(std::move(m));
  }
  return out;
}

}  // namespace rb::notification
