#pragma once
// What becomes of a planned or deferred message when its time has come. Pure.
#include <vector>

#include "domain/message.hpp"
#include "domain/plan.hpp"

namespace rb::notification {

struct Promoted {
  std::string status, reason;     // "pending", or "suppressed"/"cancelled" with the reason
  std::vector<Channel> channels;  // the first is the message's own, the others get a copy each
};

// `lesson`: what is known of the lesson it is about, nullptr when it is about none.
Promoted promote(const Message& message, const Person& person, const Lesson* lesson, const Channels& channels,
                 Time now);

// The same message for a further channel.
Message copy_for(const Message& message, Channel channel, std::string id, Time now);

}  // namespace rb::notification
