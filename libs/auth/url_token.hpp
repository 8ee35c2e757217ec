#pragma once
// Short signed texts for URLs (unsubscribe, stream tickets), and random ones. Thread-safe.
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "time/clock.hpp"

namespace rb::auth {

// Signs a payload for one purpose: a token of one purpose is worthless for another. The payload can be read
// by whoever holds the token. Of 16 bytes of payload, 50 characters come out.
class UrlTokens {
 public:
  // `secrets`: the first signs, all verify (rotation).
  explicit UrlTokens(std::vector<std::string> secrets);

  std::string sign(std::string_view purpose, std::string_view payload, Time expires) const;

  // The payload. Errc::unauthorized: not ours, of another purpose, or expired.
  Result<std::string> verify(std::string_view purpose, std::string_view token, Time now) const;

 private:
  std::vector<std::string> secrets_;
};

// Unguessable text of letters, digits, - and _: 22 characters for 16 bytes. For one-time tokens kept in a
// table.
std::string random_token(std::size_t bytes = 16);

}  // namespace rb::auth
