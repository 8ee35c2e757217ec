#pragma once
// What became of a call to the Bot API, as a value that says what to do next. Pure, thread-safe.
// Source: core.telegram.org/bots/api#making-requests and the answers of tdlib/telegram-bot-api.
#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>

#include "time/backoff.hpp"

namespace rb::telegram {

// Send again after exactly this long; holds for the whole token.
struct RetryAfter {
  std::chrono::seconds wait;
};
// The group became a supergroup: store the new id and send once more.
struct Migrated {
  std::int64_t chat_id;
};
// This address cannot be reached until its person acts: suspend it.
struct Gone {
  std::string reason;
};
// The markup was refused: send once more without parse_mode.
struct BadMarkup {
  std::string reason;
};
// This request will never be accepted.
struct BadRequest {
  std::string reason;
};
// Stop the channel and tell the operator.
struct TokenInvalid {
  std::string reason;
};
// Somebody else reads the updates of this bot (or a webhook does).
struct Conflict {
  std::string reason;
};
// Not done; try again with backoff.
struct Transient {
  std::string reason;
};
// Sent, but no answer came: it may have been done.
struct Unknown {
  std::string reason;
};

using Failure = std::variant<RetryAfter, Migrated, Gone, BadMarkup, BadRequest, TokenInvalid, Conflict,
                             Transient, Unknown>;
template <class T>
using Answer = std::expected<T, Failure>;

struct Sent {
  std::int64_t message_id = 0;
};
using Outcome = Answer<Sent>;

std::string_view label(const Failure& failure);  // "retry_after", "gone", …: for metrics and records
std::string describe(const Failure& failure);    // one sentence for the operator

// How long to wait before a call that must succeed in the end is tried again, after so many failures in a
// row: as long as Telegram asks for; minutes when only the operator can help; else seconds. `random` in
// [0,1).
Micros pause_after(const Failure& failure, int failures, double random);

}  // namespace rb::telegram
