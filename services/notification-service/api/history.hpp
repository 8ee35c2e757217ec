#pragma once
// A person's notifications, newest first.
#include "api/app.hpp"
#include "api/described.hpp"
#include "api/notification_view.hpp"

namespace rb::notification {

struct HistoryRequest {
  std::string user_id;
  std::optional<std::string> status, type;
  std::optional<Channel> channel;
  std::optional<std::string> from_date, to_date;
  int limit = 50, offset = 0;
  std::optional<std::string> cursor;
  bool with_total = false;
};
BOOST_DESCRIBE_STRUCT(HistoryRequest, (),
                      (user_id, status, type, channel, from_date, to_date, limit, offset, cursor, with_total))
json::Rules rules(const HistoryRequest*);

struct HistoryAnswer {
  std::vector<NotificationView> items;
  std::vector<NotificationView> notifications;  // the same under the name that older clients read
  std::optional<std::string> next_cursor;
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(HistoryAnswer, (), (items, notifications, next_cursor, total))
json::Rules rules(const HistoryAnswer*);

Task<Result<HistoryAnswer>> get_history(App& app, const http::Request& request, HistoryRequest in);

}  // namespace rb::notification
