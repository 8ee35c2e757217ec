#pragma once
// A message as the delivery sees it. Pure values.
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalog.hpp"
#include "domain/people.hpp"
#include "time/clock.hpp"

namespace rb::notification {

struct Message {
  std::string id;
  std::string key;
  std::string event_source, event_id;
  std::string user_id;
  std::string type;
  Audience audience = Audience::any;
  std::optional<Channel> channel;  // none until a planned message is due
  Priority priority = Priority::normal;
  std::string status;
  std::string reason;
  Time due;
  std::optional<Time> expires;
  bool queued = false;           // a worker may take it from `due` on
  std::string lease_owner = {};  // written with a new row whose worker has it in hand already
  std::optional<Time> lease_until = {};
  int attempts = 0;
  int unanswered = 0;
  std::string lesson_id, student_id;
  std::string purpose = "service";
  std::string correlation_id;
  std::string template_name;      // "" is the type's own
  std::string recipient_address;  // given by the caller instead of the directory's
  std::string attachments = {};   // which set of files goes with it; "": none
  int parts_sent = 0;             // pieces that have arrived already
  std::string origin = {};        // "schedule:<id>" or "bulk:<id>" of what has made it
  boost::json::object context;
  std::string title, body;  // as sent
  std::string provider_id;
  Time created, event_at;
  std::optional<Time> sent;
};

// Nothing is to become of it any more.
bool is_finished(const Message& message);

// From then on the message was in this state, for this reason.
struct StateChange {
  std::string message_id;
  Time at;
  std::string status, reason;
};

// One finished try.
struct Attempt {
  std::string message_id;
  int number = 1;
  Channel channel = Channel::telegram;
  Time started, finished;
  std::string outcome;  // "delivered", "transient" …
  std::string detail;
};

}  // namespace rb::notification
