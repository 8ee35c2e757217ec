#pragma once
// What is to be sent, before it is settled to whom and when. Pure.
#include <vector>

#include "domain/message.hpp"
#include "domain/plan.hpp"

namespace rb::notification {

struct Draft {
  Message message;                // without recipient, key and time
  std::vector<Channel> channels;  // that the sender insists on; none: as the recipient prefers
};

boost::json::object to_json(const Draft& draft);
Draft read_draft(const boost::json::object& from);

// The channels that the sender insists on, as far as they can be used; none asked for: as the person prefers.
Choice choose_asked(const Message& message, const Person& to, const std::vector<Channel>& asked,
                    const Channels& channels);

// One message per chosen channel, ready for the queue, or the one that says why there is none. Ids and keys
// are the caller's.
std::vector<Message> spread(const Message& message, const Choice& choice);

}  // namespace rb::notification
