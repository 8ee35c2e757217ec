#pragma once
// POST /api/v1/notifications/send and /batch.
#include "api/app.hpp"
#include "api/compose.hpp"
#include "domain/schedule.hpp"

namespace rb::notification {

struct SendAnswer {
  bool success = true;
  std::optional<std::string> notification_id;
  std::optional<std::vector<std::string>> notification_ids;  // one per channel
  std::optional<std::string> status;
  std::optional<std::string> channel;
  std::optional<Time> scheduled_at;
  std::optional<std::string> reason;  // why it is not sent, or not yet
};
BOOST_DESCRIBE_STRUCT(SendAnswer, (),
                      (success, notification_id, notification_ids, status, channel, scheduled_at, reason))
json::Rules rules(const SendAnswer*);

Task<Result<SendAnswer>> send_one(App& app, const http::Request& request, SendRequest in);

struct BatchRequest {
  std::vector<json::value> notifications;
  std::optional<std::string> correlation_id;
};
BOOST_DESCRIBE_STRUCT(BatchRequest, (), (notifications, correlation_id))
json::Rules rules(const BatchRequest*);

struct FieldProblem {
  std::string field, reason;
};
BOOST_DESCRIBE_STRUCT(FieldProblem, (), (field, reason))

struct BatchError {
  int index = 0;  // in `notifications`
  std::string reason;
  std::vector<FieldProblem> errors;
};
BOOST_DESCRIBE_STRUCT(BatchError, (), (index, reason, errors))

struct BatchAnswer {
  int total_created = 0;
  std::vector<std::string> created_ids;
  std::vector<BatchError> errors;
};
BOOST_DESCRIBE_STRUCT(BatchAnswer, (), (total_created, created_ids, errors))

// All that can be created is created in one transaction; the others are told in `errors`.
Task<Result<BatchAnswer>> send_batch(App& app, const http::Request& request, BatchRequest in);

// Messages for somebody whom the caller may write to. Errc::forbidden: not to this address.
Result<Composed> compose_for(App& app, const http::Request& request, const SendRequest& in, const Person& to);
// What is written in one transaction.
struct Writing {
  std::vector<Message> messages;
  std::vector<Schedule> schedules;
  std::vector<FileSet> files;
};
void add(Writing& to, Composed composed);
// The messages then say what became of them: one may have to wait.
Task<> write(Runtime& rt, const Directory& directory, Writing& what);

}  // namespace rb::notification
