#pragma once
// The inbox of the calling user: a list, what is read, and a stream of what comes.
#include "api/app.hpp"
#include "api/described.hpp"
#include "json/json.hpp"

namespace rb::notification {

struct InboxRequest {
  std::optional<std::string> user_id;
  bool unread = false;
  std::optional<std::string> type;
  int limit = 50, offset = 0;
  std::optional<std::string> cursor;
  bool with_total = false;
};
BOOST_DESCRIBE_STRUCT(InboxRequest, (), (user_id, unread, type, limit, offset, cursor, with_total))
json::Rules rules(const InboxRequest*);

struct InboxItem {
  std::string id, type, title, text, html;
  json::object data;  // lesson_id, student_id …
  json::array attachments;
  Time created_at;
  std::optional<Time> read_at;
};
BOOST_DESCRIBE_STRUCT(InboxItem, (), (id, type, title, text, html, data, attachments, created_at, read_at))
json::Rules rules(const InboxItem*);

struct InboxAnswer {
  std::vector<InboxItem> items;
  std::optional<std::string> next_cursor;
  std::int64_t unread_count = 0;
  std::int64_t last_event_id = 0;
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(InboxAnswer, (), (items, next_cursor, unread_count, last_event_id, total))
json::Rules rules(const InboxAnswer*);

Task<Result<InboxAnswer>> get_inbox(App& app, const http::Request& request, InboxRequest in);

struct InboxPath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(InboxPath, (), (id))

struct AttachmentPath {
  std::string id;
  int n = 0;  // from 1
};
BOOST_DESCRIBE_STRUCT(AttachmentPath, (), (id, n))

Task<Result<http::Response>> get_attachment(App& app, const http::Request& request, AttachmentPath in);

struct ReadAnswer {
  bool success = true;
  std::string id;
  Time read_at;
  std::int64_t unread_count = 0;
};
BOOST_DESCRIBE_STRUCT(ReadAnswer, (), (success, id, read_at, unread_count))

Task<Result<ReadAnswer>> read_one(App& app, const http::Request& request, InboxPath in);

struct ReadAllRequest {
  std::optional<std::int64_t> last_event_id;
};
BOOST_DESCRIBE_STRUCT(ReadAllRequest, (), (last_event_id))
json::Rules rules(const ReadAllRequest*);

struct ReadAllAnswer {
  bool success = true;
  std::int64_t read = 0;
  std::int64_t unread_count = 0;
};
BOOST_DESCRIBE_STRUCT(ReadAllAnswer, (), (success, read, unread_count))

Task<Result<ReadAllAnswer>> read_all(App& app, const http::Request& request, ReadAllRequest in);

Task<Result<http::Response>> stream_inbox(App& app, const http::Request& request);

}  // namespace rb::notification
