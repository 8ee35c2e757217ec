#pragma once
// /api/v1/notifications/schedule: what is sent later, once or again and again.
#include "api/send.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

struct ScheduleRequest : TextRequest {
  std::string user_id;
  std::optional<std::string> recipient_address;
  std::optional<std::string> scheduled_at, timezone, recurrence;
  std::optional<std::string> lesson_id;
  std::optional<int> offset_minutes;
  std::vector<GivenFile> attachments;
};
BOOST_DESCRIBE_STRUCT(ScheduleRequest, (TextRequest),
                      (user_id, recipient_address, scheduled_at, timezone, recurrence, lesson_id,
                       offset_minutes, attachments))
json::Rules rules(const ScheduleRequest*);

struct ScheduleAnswer {
  bool success = true;
  std::string notification_id;  // of the schedule, and of the message of one that comes once
  std::string task_id;          // the same under the name that older clients read
  std::string status;
  Time scheduled_at, next_at;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(ScheduleAnswer, (),
                      (success, notification_id, task_id, status, scheduled_at, next_at, message))

Task<Result<ScheduleAnswer>> schedule(App& app, const http::Request& request, ScheduleRequest in);

struct ScheduleView {
  std::string id, user_id, type, status, priority;
  std::vector<std::string> channels;
  std::string title, message;
  Time scheduled_at;
  std::optional<Time> next_at;  // none: nothing comes any more
  std::optional<std::string> recurrence, timezone, lesson_id;
  std::optional<int> offset_minutes;
  int made = 0, missed = 0;
  std::string created_by;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(ScheduleView, (),
                      (id, user_id, type, status, priority, channels, title, message, scheduled_at, next_at,
                       recurrence, timezone, lesson_id, offset_minutes, made, missed, created_by, created_at))
json::Rules rules(const ScheduleView*);

// All that was ever planned for somebody.
Task<std::vector<ScheduleView>> schedules_of_person(QueryRunner read, std::string user_id);

struct SchedulesRequest {
  std::optional<std::string> user_id;
  std::string status = "scheduled";
  int limit = 50;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(SchedulesRequest, (), (user_id, status, limit, cursor))
json::Rules rules(const SchedulesRequest*);

struct SchedulesAnswer {
  std::vector<ScheduleView> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(SchedulesAnswer, (), (items, next_cursor))

// Without `user_id` a tutor sees what they have planned themselves.
Task<Result<SchedulesAnswer>> list_schedules(App& app, const http::Request& request, SchedulesRequest in);

struct ScheduleChange {
  std::string id;
  std::optional<std::string> scheduled_at, timezone, recurrence;
  std::optional<std::string> title, message, html_message;
  std::optional<json::object> context_data;
  std::optional<Priority> priority;
};
BOOST_DESCRIBE_STRUCT(ScheduleChange, (),
                      (id, scheduled_at, timezone, recurrence, title, message, html_message, context_data,
                       priority))
json::Rules rules(const ScheduleChange*);

// What is left out stays. Errc::conflict: nothing of it is to come any more.
Task<Result<ScheduleView>> change_schedule(App& app, const http::Request& request, ScheduleChange in);

struct SchedulePath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(SchedulePath, (), (id))

Task<Result<ScheduleView>> get_schedule(App& app, const http::Request& request, SchedulePath in);
Task<Result<ScheduleAnswer>> delete_schedule(App& app, const http::Request& request, SchedulePath in);

}  // namespace rb::notification
