#pragma once
// One notification: its state and attempts, another try, taking it back.
#include "api/access.hpp"
#include "api/app.hpp"
#include "api/notification_view.hpp"

namespace rb::notification {

struct NotificationPath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(NotificationPath, (), (id))

// With the caller's right to it. Errc::not_found, Errc::forbidden.
Task<Result<Message>> message_for(App& app, const http::Request& request, std::string id, Action action);

struct AttemptView {
  int number = 0;
  std::string channel, outcome, detail;
  Time started_at, finished_at;
};
BOOST_DESCRIBE_STRUCT(AttemptView, (), (number, channel, outcome, detail, started_at, finished_at))

struct NotificationDetail : NotificationView {
  std::vector<AttemptView> attempts;
};
BOOST_DESCRIBE_STRUCT(NotificationDetail, (NotificationView), (attempts))
json::Rules rules(const NotificationDetail*);

Task<Result<NotificationDetail>> get_notification(App& app, const http::Request& request,
                                                  NotificationPath in);

struct ChangeAnswer {
  bool success = true;
  std::string notification_id;
  std::string status;
  int retry_count = 0;
};
BOOST_DESCRIBE_STRUCT(ChangeAnswer, (), (success, notification_id, status, retry_count))

// Errc::conflict: it is not in a state that allows this.
Task<Result<ChangeAnswer>> retry_notification(App& app, const http::Request& request, NotificationPath in);
Task<Result<ChangeAnswer>> cancel_notification(App& app, const http::Request& request, NotificationPath in);

}  // namespace rb::notification
