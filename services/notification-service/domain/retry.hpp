#pragma once
// What follows from a channel's answer: done, again later, never, or by another way. Pure.
#include <optional>
#include <string>

#include "time/backoff.hpp"
#include "time/clock.hpp"

namespace rb::notification {

// What a channel says of one try.
struct Outcome {
  enum class Kind {
    delivered,    // the provider has it and that is all there is to know (Telegram's ok, the outbox page)
    sent,         // accepted for delivery (mail)
    transient,    // try again
    unknown,      // handed over, no answer: it may have arrived
    address_bad,  // nobody is reached there any more: suspend the address
    message_bad,  // this message is not accepted; others would be
    channel_bad,  // wrong token or password: nothing goes out until an operator acts; the message was not
                  // looked at
  };
  Kind kind = Kind::delivered;
  std::string detail = {};                 // what the provider said, for people
  std::string provider_id = {};            // its id of the message
  std::optional<Micros> retry_after = {};  // the provider's own wish
  std::string new_address = {};            // the chat has moved
  int parts_sent = 0;    // pieces that have arrived, over all tries: the next one goes on from there
  bool crowded = false;  // too much of us for this recipient's provider just now
};

struct RetryRules {
  int attempts = 5;
  Backoff backoff{.first = std::chrono::seconds(30), .most = std::chrono::minutes(30)};
  Micros unknown_pause = std::chrono::minutes(2);
  Micros refused_pause = std::chrono::seconds(30);  // of a worker whose channel does not let it in
};

struct Verdict {
  std::string status;  // a state of the contract
  std::string reason;
  std::optional<Time> again;  // when it is due next; none: final
  bool suspend_address = false;
  bool fall_back = false;  // another channel may try
  bool counts = true;      // false: the message itself was not tried, and no try is used up
};

// `attempt` counts from 1 and includes the one that gave `outcome`; `unknowns` counts earlier unanswered
// tries.
Verdict judge(const Outcome& outcome, int attempt, int unknowns, Time now, double random,
              const RetryRules& rules);

}  // namespace rb::notification
