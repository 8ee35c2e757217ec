#pragma once
// /api/v1/notifications/bulk: one text for many people.
#include "api/app.hpp"
#include "api/send_request.hpp"
#include "http/endpoint.hpp"

namespace rb::notification {

struct Segment {
  std::optional<Audience> role;
  std::optional<std::string> tutor_id;
};
BOOST_DESCRIBE_STRUCT(Segment, (), (role, tutor_id))
json::Rules rules(const Segment*);

struct BulkRequest : TextRequest {
  std::vector<std::string> user_ids;
  std::optional<Segment> segment;
  bool dry_run = false;
  std::optional<Time> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(BulkRequest, (TextRequest), (user_ids, segment, dry_run, scheduled_at))
json::Rules rules(const BulkRequest*);

struct BulkItem {
  std::string user_id;
  std::vector<std::string> channels;
  std::optional<std::string> status;  // of the messages; none while there are none
  std::optional<std::string> reason;  // why it is not sent
};
BOOST_DESCRIBE_STRUCT(BulkItem, (), (user_id, channels, status, reason))
json::Rules rules(const BulkItem*);

struct BulkAnswer {
  bool success = true;
  std::optional<std::string> batch_id;  // none: a dry run
  std::string status;
  int total = 0;  // recipients; all other counts are of messages
  int sent_count = 0, failed_count = 0, waiting = 0, suppressed = 0, cancelled = 0;
  int progress = 0;                     // 0..100
  std::map<std::string, int> channels;  // messages by channel
  std::map<std::string, int> reasons;   // of what is not sent
  std::optional<Time> scheduled_at, created_at, finished_at;
  std::optional<std::vector<BulkItem>> items;  // of a dry run: the first hundred
};
BOOST_DESCRIBE_STRUCT(BulkAnswer, (),
                      (success, batch_id, status, total, sent_count, failed_count, waiting, suppressed,
                       cancelled, progress, channels, reasons, scheduled_at, created_at, finished_at, items))
json::Rules rules(const BulkAnswer*);

Task<Result<http::Reply<BulkAnswer>>> send_bulk(App& app, const http::Request& request, BulkRequest in);

struct BulkPath {
  std::string batch_id;
};
BOOST_DESCRIBE_STRUCT(BulkPath, (), (batch_id))

Task<Result<BulkAnswer>> get_bulk(App& app, const http::Request& request, BulkPath in);
Task<Result<BulkAnswer>> pause_bulk(App& app, const http::Request& request, BulkPath in);
Task<Result<BulkAnswer>> resume_bulk(App& app, const http::Request& request, BulkPath in);
Task<Result<BulkAnswer>> cancel_bulk(App& app, const http::Request& request, BulkPath in);

struct BulkRecipientsRequest {
  std::string batch_id;
  int limit = 50;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(BulkRecipientsRequest, (), (batch_id, limit, cursor))
json::Rules rules(const BulkRecipientsRequest*);

struct BulkRecipientsAnswer {
  std::vector<BulkItem> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(BulkRecipientsAnswer, (), (items, next_cursor))

Task<Result<BulkRecipientsAnswer>> list_bulk_recipients(App& app, const http::Request& request,
                                                        BulkRecipientsRequest in);

}  // namespace rb::notification
