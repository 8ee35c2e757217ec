#pragma once
// Events that could not be understood: look at them, publish them again, throw them away.
#include "api/app.hpp"
#include "json/json.hpp"

namespace rb::notification {

struct DeadLettersRequest {
  int limit = 50;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(DeadLettersRequest, (), (limit, cursor))
json::Rules rules(const DeadLettersRequest*);

struct DeadLetterView {
  std::string id, queue, reason, routing_key, message_id, body;
  std::map<std::string, std::string> headers;
  Time received_at;
};
BOOST_DESCRIBE_STRUCT(DeadLetterView, (),
                      (id, queue, reason, routing_key, message_id, body, headers, received_at))

struct DeadLettersAnswer {
  std::vector<DeadLetterView> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(DeadLettersAnswer, (), (items, next_cursor))

Task<Result<DeadLettersAnswer>> list_dead_letters(App& app, DeadLettersRequest in);

struct DeadLetterPath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(DeadLetterPath, (), (id))

struct RequeueAnswer {
  bool success = true;
  std::string id;
};
BOOST_DESCRIBE_STRUCT(RequeueAnswer, (), (success, id))

Task<Result<RequeueAnswer>> requeue_dead_letter(App& app, DeadLetterPath in);
Task<Result<void>> delete_dead_letter(App& app, DeadLetterPath in);

}  // namespace rb::notification
