#include "domain/retry.hpp"

namespace rb::notification {

Verdict judge(const Outcome& outcome, int attempt, int unknowns, Time now, double random,
              const RetryRules& rules) {
  using Kind = Outcome::Kind;
  auto again = [&](std::string status, std::string reason, Micros wait) {
    return Verdict{std::move(status), std::move(reason), now + wait, false, false};
  };
  auto not_tried = [&](std::string reason, Micros wait) {
    auto verdict = again("pending", std::move(reason), wait);
    verdict.counts = false;
    return verdict;
  };
  switch (outcome.kind) {
    case Kind::delivered:
      return {"delivered", "", std::nullopt, false, false};
    case Kind::sent:
      return {"sent", "", std::nullopt, false, false};
    case Kind::transient:
      if (attempt < rules.attempts && !outcome.new_address.empty())
        return again("pending", outcome.detail, Micros(0));
      if (outcome.retry_after) return not_tried(outcome.detail, *outcome.retry_after);
      if (attempt < rules.attempts)
        return again("pending", outcome.detail, rules.backoff.delay(attempt, random));
      return {"failed", outcome.detail, std::nullopt, false, true};
    case Kind::unknown:
      if (unknowns == 0) return again("unknown", "no_answer", rules.unknown_pause);
      return {"unknown", "no_answer", std::nullopt, false, false};
    case Kind::address_bad:
      return {"failed", outcome.detail, std::nullopt, true, true};
    case Kind::message_bad:
      return {"failed", outcome.detail, std::nullopt, false, false};
    case Kind::channel_bad:
      return not_tried("channel_refused: " + outcome.detail, Micros(0));  // the worker waits, not the message
  }
  return {"failed", outcome.detail, std::nullopt, false, false};
}

}  // namespace rb::notification
