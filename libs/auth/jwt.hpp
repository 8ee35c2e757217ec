#pragma once
// JSON Web Tokens (RFC 7519) in the compact form of RFC 7515: HS256, RS256, ES256.
// The key decides the algorithm, never the token's header. `exp` is required and has no leeway; `nbf` and
// `iat` may lie 30 s ahead. Errors are Errc::unauthorized with a sentence for the caller, which never says
// what a right token would be.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/identity.hpp"
#include "auth/key.hpp"
#include "base/error.hpp"

namespace rb::auth {

// Keeps what it has verified (1,024 tokens, until they expire): HS256 costs 8 µs, RS256 40, ES256 100. One
// thread.
class Verifier {
 public:
  explicit Verifier(std::vector<Key> keys);
  ~Verifier();
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;

  Result<Identity> verify(std::string_view token, Time now);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// An HS256 token that says `who` until who.expires.
std::string make_token(const Identity& who, std::string_view secret, Time now);

}  // namespace rb::auth
